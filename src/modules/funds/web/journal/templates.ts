import { emptyLine, type LineDraft } from './voucher-draft.ts'

/** What a grassroots union books again and again: 工会会计制度 第三部分. Amounts are left to be typed. */
export const TEMPLATES: readonly {
  title: string
  summary: string
  debit: readonly string[]
  credit: readonly string[]
}[] = [
  { title: '收到会员会费', summary: '收会员会费', debit: ['102'], credit: ['401'] },
  { title: '收到行政拨缴经费（含上解部分）', summary: '收行政拨缴工会经费', debit: ['102'], credit: ['402', '211'] },
  { title: '收到转拨经费（只有本级部分）', summary: '收上级转拨工会经费', debit: ['102'], credit: ['402'] },
  { title: '上解经费', summary: '上解工会经费', debit: ['211'], credit: ['102'] },
  { title: '收到上级补助', summary: '收上级补助', debit: ['102'], credit: ['40301'] },
  { title: '收到行政补助', summary: '收行政补助', debit: ['102'], credit: ['405'] },
  { title: '收到利息', summary: '收银行存款利息', debit: ['102'], credit: ['408'] },
  { title: '会员活动和慰问支出', summary: '付会员慰问', debit: ['50105'], credit: ['102'] },
  { title: '文体活动支出', summary: '付文体活动费', debit: ['50102'], credit: ['102'] },
  { title: '困难职工帮扶', summary: '付困难职工帮扶', debit: ['50404'], credit: ['102'] },
  { title: '送温暖', summary: '付送温暖', debit: ['50405'], credit: ['102'] },
  { title: '业务支出', summary: '付办公费', debit: ['50504'], credit: ['102'] },
  { title: '提取备用现金', summary: '提取现金', debit: ['101'], credit: ['102'] },
  { title: '购入固定资产（两对分录）', summary: '购入办公设备', debit: ['50702', '162'], credit: ['102', '30104'] },
  { title: '代收款项', summary: '代收互助保障费', debit: ['102'], credit: ['221'] },
]

/** The lines of a template, debits first. */
export const linesOf = (template: (typeof TEMPLATES)[number]): LineDraft[] =>
  [...template.debit, ...template.credit].map((account) => ({ ...emptyLine(template.summary), account }))
