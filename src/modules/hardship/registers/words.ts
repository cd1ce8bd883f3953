/** Values several hardship ledgers share, so that a person's file, aid and visit speak alike. */
export const TAGS = ['无', '劳模', '老劳模', '党员', '归侨侨眷', '军转干部', '残疾', '单亲'] as const
export const TAGGED = ['劳模', '老劳模', '党员', '归侨侨眷'] as const
export const SOURCES = [
  '财政帮扶资金',
  '上级工会补助',
  '本级工会经费',
  '行政拨付',
  '社会捐助',
  '困难补助基金',
  '职工捐款',
] as const
