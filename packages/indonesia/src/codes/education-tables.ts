import { codeTable } from './code-table.ts'

export const completedEducation = codeTable('completedEducation', [
  [1, 'Tidak / belum sekolah', 'No schooling, or not yet', 'Tidak/Blm Sekolah'],
  [2, 'Belum tamat SD/sederajat', 'Primary school not completed', 'Tidak Tamat SD/Sederajat'],
  [3, 'Tamat SD / sederajat', 'Primary school'],
  [4, 'SLTP/sederajat', 'Lower secondary school'],
  [5, 'SLTA / sederajat', 'Upper secondary school'],
  [6, 'Diploma I / II', 'Diploma I or II'],
  [7, 'Akademi/ Diploma III/S. Muda', 'Academy or Diploma III', 'Akademi/Diploma III/Sarjana Muda'],
  [8, 'Diploma IV/ Strata I', "Diploma IV or bachelor's degree"],
  [9, 'Strata II', "Master's degree", 'Strata-II'],
  [10, 'Strata III', 'Doctorate'],
])

export const currentEducation = codeTable('currentEducation', [
  [1, 'Belum masuk TK/kelompok bermain', 'Not yet in kindergarten or playgroup'],
  [2, 'Sedang TK/kelompok bermain', 'In kindergarten or playgroup'],
  [3, 'Tidak pernah sekolah', 'Never went to school'],
  [4, 'Sedang SD/sederajat', 'In primary school'],
  [5, 'Tidak tamat SD/sederajat', 'Left primary school'],
  [6, 'Sedang SLTP/sederajat', 'In lower secondary school'],
  [7, 'Sedang SLTA/sederajat', 'In upper secondary school'],
  [8, 'Sedang D-1/sederajat', 'Studying for Diploma I'],
  [9, 'Sedang D-2/sederajat', 'Studying for Diploma II'],
  [10, 'Sedang D-3/sederajat', 'Studying for Diploma III'],
  [11, 'Sedang S-1/sederajat', "Studying for a bachelor's degree"],
  [12, 'Sedang S-2/sederajat', "Studying for a master's degree"],
  [13, 'Sedang S-3/sederajat', 'Studying for a doctorate'],
  [14, 'Sedang SLB A/sederajat', 'In a special school, type A'],
  [15, 'Sedang SLB B/sederajat', 'In a special school, type B'],
  [16, 'Sedang SLB C/sederajat', 'In a special school, type C'],
  [17, 'Tidak dapat membaca dan menulis huruf Latin/Arab', 'Cannot read and write Latin or Arabic script'],
  [18, 'Tidak sedang sekolah', 'Not at school'],
])
