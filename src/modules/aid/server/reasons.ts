import { formatYuan } from '../../../kernel/money/money.ts'
import type { Terms } from '../contract.ts'
import type { Condition } from '../member-contract.ts'

/** A row of `judged`, as the driver gives it. */
export interface JudgedFacts {
  personId: number
  unitId: number
  applicationId: number | null
  joinedOn: string | null
  category: string | null
  reviewOn: string | null
  foundOn: string | null
  familySize: number | null
  incomeFen: number | null
  rigidFen: number | null
  lineFen: number | null
  papers: string[]
  lastOn: string | null
  yearFen: number
  otherTitles: string[]
  familyTitles: string[]
  verdict: 'eligible' | 'missing' | 'duplicate' | 'refused'
  amountFen: number
  refusals: string[]
  duplicates: string[]
  missing: string[]
}

const times = (hundredths: number): string => String(hundredths / 100)

/** Why, with the numbers it stands on. One sentence a code of `eligibility.ts`. */
export function reasonText(code: string, row: JudgedFacts, terms: Terms): string {
  switch (code) {
    case 'not-member':
      return '没有本会有效会籍'
    case 'elsewhere':
      return '会籍已转到别的工会，由会籍所在工会办理'
    case 'too-new':
      return `入会未满 ${terms.memberMonths} 个月（${row.joinedOn} 入会）`
    case 'no-file':
      return '没有在档的困难档案'
    case 'category':
      return `困难类别为${row.category}，不在本项目范围（${terms.categories.join('、')}）`
    case 'income': {
      const left = (row.incomeFen ?? 0) - (row.rigidFen ?? 0)
      const limit = Math.floor(((row.lineFen ?? 0) * 12 * (row.familySize ?? 1) * (terms.incomeHundredths ?? 0)) / 100)
      return `家庭年收入减刚性支出 ${formatYuan(left)} 元，高于低保标准的 ${times(terms.incomeHundredths ?? 0)} 倍（${row.familySize} 人全年 ${formatYuan(limit)} 元）`
    }
    case 'tag':
      return `没有本项目要求的身份（${terms.tags.join('、')}之一）`
    case 'recent':
      return `${row.lastOn} 刚享受过本项目，间隔未满 ${terms.apartMonths} 个月`
    case 'year-ceiling':
      return `今年同类救助已 ${formatYuan(row.yearFen)} 元，达到全年上限 ${formatYuan(terms.perYearFen ?? 0)} 元`
    case 'no-amount':
      return '所属类别没有发放标准'
    case 'review-due':
      return `困难档案应在 ${row.reviewOn} 前年度复核，尚未复核`
    case 'finding-old':
      return `家庭情况是 ${row.foundOn} 了解的，超过 ${terms.freshMonths} 个月，需要重新核查`
    case 'no-line':
      return '所在地区还没有录入低保标准'
    case 'zero-income':
      return '家庭年收入填为 0，还没有入户核实'
    case 'not-applied':
      return '还没有提交申请'
    case 'papers':
      return `缺材料：${terms.papers.filter((paper) => !row.papers.includes(paper)).join('、')}`
    case 'other-programme':
      return `今年已列入同类项目：${row.otherTitles.join('、')}`
    case 'other-family':
      return `同一家庭今年已列入同类项目：${row.familyTitles.join('、')}`
    case 'same-family':
      return '同一家庭已有一人列入本批次，每户一份'
    case 'student':
      return '这名学生今年已由别的申请列入助学'
    default:
      throw new Error(`no sentence for ${code}`)
  }
}

/** The sentences of a row: what decided first. */
export const reasonsOf = (row: JudgedFacts, terms: Terms): string[] =>
  [...row.refusals, ...row.duplicates, ...row.missing].map((code) => reasonText(code, row, terms))

/** Whether a rule asks for a file at all. */
export const needsFile = (terms: Terms): boolean =>
  terms.pool === 'files' || terms.categories.length > 0 || terms.incomeHundredths !== null

/** The conditions of a rule as a list to tick off, for the person who thinks of applying. */
export function conditionsOf(row: JudgedFacts, terms: Terms): Condition[] {
  const against = new Set([...row.refusals, ...row.duplicates, ...row.missing])
  const condition = (codes: string[], text: string, mend: string, link: string | null = null): Condition => {
    const hit = codes.find((code) => against.has(code))
    return {
      code: codes[0]!,
      text,
      met: !hit,
      mend: hit ? `${reasonText(hit, row, terms)}。${mend}` : null,
      link: hit ? link : null,
    }
  }
  const files = '/hardship/files'
  return [
    condition(['not-member', 'elsewhere'], '是本会会员', '请联系所在工会核对会籍。'),
    ...(terms.memberMonths
      ? [condition(['too-new'], `入会满 ${terms.memberMonths} 个月`, '满期后可以申请下一批次。')]
      : []),
    ...(needsFile(terms) ? [condition(['no-file'], '有在档的困难档案', '可以先申请建档。', '/hardship/apply')] : []),
    ...(terms.categories.length
      ? [
          condition(
            ['category'],
            `困难类别为${terms.categories.join('、')}`,
            '家庭情况有变化的，请工会重新核查。',
            files,
          ),
        ]
      : []),
    ...(terms.incomeHundredths === null
      ? []
      : [
          condition(
            ['income', 'no-line', 'zero-income'],
            `人均收入减刚性支出不超过低保标准的 ${times(terms.incomeHundredths)} 倍`,
            '数字与实际不符的，请工会重新核查。',
            files,
          ),
        ]),
    ...(needsFile(terms) && (terms.freshMonths || terms.pool === 'files')
      ? [condition(['finding-old', 'review-due'], '家庭情况在有效期内核查过', '请工会安排入户复核。', files)]
      : []),
    ...(terms.tags.length
      ? [condition(['tag'], `是${terms.tags.join('、')}之一`, '身份有误的，请所在工会更正。')]
      : []),
    ...(terms.apartMonths
      ? [condition(['recent'], `${terms.apartMonths} 个月内没有享受过本项目`, '满期后可以申请下一批次。')]
      : []),
    ...(terms.perYearFen === null
      ? []
      : [condition(['year-ceiling'], `今年同类救助未达 ${formatYuan(terms.perYearFen)} 元`, '明年可以再申请。')]),
    ...(terms.oneANeed
      ? [
          condition(
            ['other-programme', 'other-family'],
            '本人和家庭今年没有列入同类项目',
            '同一需要每年只列入一个项目。',
          ),
        ]
      : []),
    ...(terms.papers.length
      ? [condition(['papers'], `材料齐全：${terms.papers.join('、')}`, '请在申请中勾选并拍照上传。')]
      : []),
    ...(against.has('student') ? [condition(['student'], '学生没有重复申请', '一名学生一年只由一位家长申请。')] : []),
  ]
}
