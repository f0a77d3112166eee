import type { VillageConfigInput } from '@lumbung/core/village'

/** The village in figures, without any name: everybody may see it. */
const glance = { scope: 'village.read' } as const

/** The assistance programmes with their law: public as the village's figures are. */
const programmes = { scope: 'programme.read' } as const

/** Changing one's own password or PIN. Whoever signs in must be able to. */
const ownAccount = { scope: 'account.own' } as const

/**
 * Who may do what in Desa Tanjung Barat. Nobody gets more than their work needs: a person with two duties gets an
 * account with two roles, and what is not written here is refused. All data of a child are `specific`, so a role
 * that shows `personal` sees neither their names nor their birth dates.
 */
export const roles = [
  {
    id: 'village-head',
    label: { id: 'Kepala desa', en: 'Village head' },
    grants: [
      glance,
      programmes,
      ownAccount,
      // Signs letters and answers for the register, but writes nothing down: what he signs, others have recorded.
      {
        scope: 'resident.read',
        shows: 'personal',
        purposes: ['administration', 'planning', 'complaint'],
      },
      // Decides in the village meeting's name who is helped, so he must see deciles and illness for that alone.
      { scope: 'resident.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'eligibility.decide', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'eligibility.screen', shows: 'specific', purposes: ['social-assistance'] },
      // Signs what goes out: a list of payments that the officer has prepared, and who stays in a programme.
      { scope: 'payment.approve' },
      { scope: 'payment.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'recheck.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'recheck.decide' },
      { scope: 'enrolment.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'targeting.read' },
      // Answers appeals, since others have decided.
      { scope: 'casework.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'casework.answer' },
      // Answers to a resident, and to the inspectorate, for who read and who changed what.
      { scope: 'reads.list' },
      { scope: 'audit.read' },
      { scope: 'job.read' },
    ],
  },
  {
    id: 'village-secretary',
    label: { id: 'Sekretaris desa', en: 'Village secretary' },
    grants: [
      glance,
      programmes,
      ownAccount,
      // Keeps the register: children's certificates and family cards are daily work, for every duty of the office
      // but not for the health post or the cooperative, which have people of their own.
      {
        scope: 'resident.read',
        shows: 'specific',
        purposes: ['administration', 'social-assistance', 'planning', 'complaint'],
      },
      { scope: 'resident.write' },
      // Holds a family against the programmes at the counter, and writes down the fact that is missing.
      { scope: 'eligibility.decide', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'eligibility.screen', shows: 'specific', purposes: ['social-assistance'] },
      // Takes down who applies or objects, and what the village meeting decided by its minutes; those who verified
      // stand behind the list.
      { scope: 'casework.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'casework.apply' },
      { scope: 'casework.appeal' },
      { scope: 'casework.forum' },
      // Where a law or a court asks for it.
      { scope: 'casework.erase' },
      // Hamlets are renamed and split by a village regulation, which she writes down.
      { scope: 'area.write' },
      // Groups, schools and health posts, and who leads them: the register that letters and invitations need.
      { scope: 'organisation.write' },
      // Whoever comes to the counter with a letter or a judgment acts for somebody from then on.
      { scope: 'representation.write' },
      // For those who agree, or take it back, on paper.
      { scope: 'consent.write' },
      // Two records can be told apart only by seeing both whole, those of children too.
      { scope: 'resident.merge', shows: 'specific', purposes: ['administration'] },
      // Brings in the workbooks of OpenSID, of people and of participants, and lists of facts.
      { scope: 'population.import' },
      { scope: 'enrolment.import' },
      // "Who has read my data?" is asked at the counter.
      { scope: 'reads.list' },
      { scope: 'audit.read' },
      { scope: 'job.read' },
    ],
  },
  {
    id: 'hamlet-head',
    label: { id: 'Kepala dusun', en: 'Hamlet head' },
    grants: [
      glance,
      programmes,
      ownAccount,
      // Knows the families of the own hamlet and helps them with papers; other hamlets stay closed. Takes reports
      // of births and moves to the secretary, who writes them down.
      {
        scope: 'resident.read',
        reach: 'hamlets',
        shows: 'personal',
        purposes: ['administration', 'planning'],
      },
      // Goes from door to door when a welfare list is checked: children and deciles of the own hamlet, for that.
      { scope: 'resident.read', reach: 'hamlets', shows: 'specific', purposes: ['social-assistance'] },
      {
        scope: 'eligibility.decide',
        reach: 'hamlets',
        shows: 'specific',
        purposes: ['social-assistance'],
      },
      {
        scope: 'eligibility.screen',
        reach: 'hamlets',
        shows: 'specific',
        purposes: ['social-assistance'],
      },
      // Goes from door to door with a proposal list, and verifies the families of the own hamlet.
      { scope: 'casework.read', reach: 'hamlets', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'casework.verify', reach: 'hamlets' },
      // Knows who in the own hamlet is paid, and whose part in a programme is in question.
      { scope: 'payment.read', reach: 'hamlets', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'recheck.read', reach: 'hamlets', shows: 'specific', purposes: ['social-assistance'] },
    ],
  },
  {
    id: 'health-worker',
    label: { id: 'Kader kesehatan', en: 'Community health worker' },
    grants: [
      glance,
      programmes,
      ownAccount,
      // Weighs toddlers, follows pregnancies and visits the elderly of the hamlets that her post serves.
      { scope: 'resident.read', reach: 'hamlets', shows: 'specific', purposes: ['health'] },
    ],
  },
  {
    id: 'assistance-officer',
    label: { id: 'Petugas bantuan sosial', en: 'Social assistance officer' },
    grants: [
      glance,
      programmes,
      ownAccount,
      // Checks who meets the criteria of a programme: deciles, school ages, disabilities, in all hamlets. What he
      // finds at a door comes in as a list through the secretary, so that two people stand behind a decile.
      { scope: 'resident.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'eligibility.decide', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'eligibility.screen', shows: 'specific', purposes: ['social-assistance'] },
      // Decides on applications, drafts the lists and enrols whom the village meeting accepted.
      { scope: 'casework.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'casework.write' },
      { scope: 'casework.apply' },
      // Prepares payments and writes down what became of them; somebody else signs.
      { scope: 'payment.prepare' },
      { scope: 'payment.record' },
      { scope: 'payment.correct' },
      { scope: 'payment.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'payment.export', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'recheck.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'enrolment.read', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'enrolment.export', shows: 'specific', purposes: ['social-assistance'] },
      { scope: 'targeting.read' },
    ],
  },
  {
    id: 'partner-ngo',
    label: { id: 'Pendamping atau lembaga mitra', en: 'Facilitator or partner organisation' },
    // Works with the village's figures. A list of names is given by an officer, on a resident's consent.
    grants: [glance, programmes, ownAccount],
  },
  {
    id: 'partner-company',
    label: { id: 'Perusahaan mitra', en: 'Partner company' },
    // Sees what it commits itself to, and never a person.
    grants: [glance, programmes, ownAccount],
  },
  {
    id: 'cooperative-officer',
    label: { id: 'Pengurus koperasi', en: 'Cooperative officer' },
    grants: [
      glance,
      programmes,
      ownAccount,
      // Takes in members by name and identity number. A decile, an illness or a child is no business of theirs.
      { scope: 'resident.read', shows: 'personal', purposes: ['cooperative'] },
    ],
  },
  {
    id: 'resident',
    label: { id: 'Warga', en: 'Resident' },
    grants: [
      glance,
      programmes,
      ownAccount,
      // One's own family card and nobody else's.
      { scope: 'resident.read', reach: 'own-household', shows: 'specific' },
      // What the programmes say of one's own family.
      { scope: 'eligibility.decide', reach: 'own-household', shows: 'specific' },
      // "Who has read my data?"
      { scope: 'reads.own' },
      // One's own consent, and that of a child or parent for whom one acts.
      { scope: 'consent.write', reach: 'self' },
      // The decisions on one's own family; applying and objecting, also for whom one acts.
      { scope: 'casework.read', reach: 'own-household', shows: 'specific' },
      { scope: 'casework.apply', reach: 'own-household' },
      { scope: 'casework.appeal', reach: 'own-household' },
      // What the own family was paid, and what was paid too much or too little.
      { scope: 'payment.read', reach: 'own-household', shows: 'specific' },
    ],
  },
  {
    id: 'visitor',
    label: { id: 'Pengunjung', en: 'Visitor' },
    // Anybody, before they sign in.
    grants: [glance, programmes],
  },
  {
    id: 'admin',
    label: { id: 'Pengelola sistem', en: 'System administrator' },
    grants: [
      glance,
      programmes,
      ownAccount,
      // Opens and closes accounts and gives new passwords, which is why this role reads no resident: whoever
      // could give themselves any role should at least have to leave a trace of doing so. Whoever gives residents
      // their PIN at the counter has this role beside that of the office.
      { scope: 'account.manage' },
      // Sees whether the night's work was done.
      { scope: 'job.read' },
      // Looks after what was changed and by whom when something seems wrong.
      { scope: 'audit.read' },
    ],
  },
] as const satisfies VillageConfigInput['roles']
