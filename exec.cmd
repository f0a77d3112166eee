@rem In Unix shells exec lets npm talk to our process itself, so that signals reach it. Windows has no such word.
@%*
