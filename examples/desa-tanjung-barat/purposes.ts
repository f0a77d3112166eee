import type { VillageConfigInput } from '@lumbung/core/village'

/**
 * For what personal data may be read here. Whoever reads them names one of these, and the read log keeps it, so
 * that a resident sees not only who looked but what for.
 */
export const purposes = [
  // The counter's daily work: letters, the register, births, deaths and moves.
  { id: 'administration', label: { id: 'Administrasi kependudukan', en: 'Civil administration' } },
  // Who may be helped, and checking it at the door.
  { id: 'social-assistance', label: { id: 'Bantuan sosial', en: 'Social assistance' } },
  // Health post, pregnancies, toddlers, the elderly.
  { id: 'health', label: { id: 'Kesehatan dan posyandu', en: 'Health and health post' } },
  // Who goes to school, who has left it, courses.
  { id: 'education', label: { id: 'Pendidikan dan pelatihan', en: 'Education and training' } },
  // Members of the cooperative, their savings and loans.
  { id: 'cooperative', label: { id: 'Koperasi', en: 'Cooperative' } },
  // Village plan and budget: where a road or a well is needed.
  { id: 'planning', label: { id: 'Perencanaan pembangunan', en: 'Development planning' } },
  // What a resident asked for or complained about.
  { id: 'complaint', label: { id: 'Pengaduan warga', en: "Residents' complaints" } },
] as const satisfies VillageConfigInput['purposes']
