export { BackupManifest } from './format.ts'
export { checkBackup, type ReadBackupOptions, restoreBackup } from './read.ts'
export { type BackupOptions, writeBackup } from './write.ts'
