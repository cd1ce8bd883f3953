import { z } from 'zod'
import { year } from '../../kernel/http/parse.ts'

/** What can be asked about the notes to a year's statements, and what is answered. */
export const noteInput = z.object({
  year,
  words: z.string().trim().max(4000, '不超过 4000 个字'),
})
export const NOTE_SECTIONS = {
  basis: '遵循《工会会计制度》的声明和会计核算基础',
  situation: '财务状况和预算执行情况说明',
  changes: '主要收支项目与上年的比较',
  policies: '重要会计政策、会计估计的变更',
  assets: '固定资产和库存物品的增减变动',
  disposals: '资产处置和重大损失',
  nominal: '以名义金额计量的资产',
  projects: '专项资金和捐赠的使用',
  entrusted: '代管经费',
  dues: '会费和拨缴经费的收缴',
  adjustments: '以前年度资金结转结余的调整',
  other: '其他需要说明的事项',
} as const
export type NoteSection = keyof typeof NOTE_SECTIONS

/** A table of a note; money columns hold integer fen, the others text. */
export interface NoteTable {
  columns: { title: string; money?: true }[]
  rows: (string | number)[][]
}
export interface Note {
  section: NoteSection
  title: string
  /** Sentences from the books. */
  lines: string[]
  table: NoteTable | null
  /** What somebody wrote; the usual words until then. */
  words: string
  editedName: string | null
}
