import { cellText, type Cell, type Row } from '../../../kernel/xlsx/cell.ts'
import type { RowError } from '../../../kernel/importer/kind.ts'
import { isDay, normaliseNumber, readIdNumber } from '../id-number.ts'
import { tagOf, type Gender } from '../words.ts'
import type { NewKin } from './households.ts'

/** The columns of the roster sheet, in the template's order, and the headers officers use for them. */
export const COLUMNS = {
  name: { header: '姓名', aliases: ['会员姓名', '职工姓名', '员工姓名'] },
  gender: { header: '性别', aliases: [] },
  idNo: { header: '证件号码', aliases: ['身份证号', '身份证号码', '身份证', '公民身份号码', '证件号'] },
  bornOn: { header: '出生日期', aliases: ['出生年月', '出生年月日', '生日'] },
  staffNo: { header: '工号', aliases: ['职工号', '员工编号', '人员编号', '员工号', '编号'] },
  phone: { header: '手机号', aliases: ['手机', '手机号码', '电话', '联系电话', '移动电话', '联系方式'] },
  unit: {
    header: '单位',
    aliases: [
      '单位编号',
      '所在单位',
      '部门',
      '所属分会',
      '分工会',
      '分会',
      '工会小组',
      '所属工会',
      '单位名称',
      '所在分会',
    ],
  },
  joinedOn: { header: '入会日期', aliases: ['入会时间', '加入工会日期', '加入工会时间'] },
  state: { header: '会籍状态', aliases: ['会籍', '会员状态'] },
  tags: { header: '身份标签', aliases: ['标签', '身份', '人员类别', '类别'] },
  employment: { header: '在职状态', aliases: ['人员状态', '用工状态', '在岗状态'] },
  kin: { header: '家属', aliases: ['家庭成员', '家庭成员及关系', '亲属'] },
  bank: { header: '银行卡号', aliases: ['银行卡', '银行账号', '工资卡号', '卡号'] },
} as const
export type Column = keyof typeof COLUMNS
export const columnNames = Object.keys(COLUMNS) as Column[]

const bare = (header: string): string => header.normalize('NFKC').replace(/[\s*:：()（）]/g, '')
const byHeader = new Map(
  columnNames.flatMap((column) =>
    [COLUMNS[column].header, ...COLUMNS[column].aliases].map((header) => [bare(header), column] as const),
  ),
)

export interface Layout {
  /** The headers as they stand, up to the last one written. */
  headers: string[]
  places: Partial<Record<Column, number>>
  /** Headers nobody knows. */
  unknown: string[]
}

/** Recognises the header row: it holds 姓名 and at least one more column, in whatever order. */
export function readHeader(row: Row): Layout | null {
  const headers = row.cells.map((cell) => cellText(cell).trim())
  for (let index = 0; index < headers.length; index++) headers[index] ??= ''
  const places: Layout['places'] = {}
  const unknown: string[] = []
  headers.forEach((header, index) => {
    // «家属(姓名/关系)»: what stands in brackets only explains.
    const column = byHeader.get(bare(header)) ?? byHeader.get(bare(header.replace(/[(（].*$/, '')))
    if (column && places[column] === undefined) places[column] = index
    else if (header) unknown.push(header)
  })
  return places.name !== undefined && Object.keys(places).length > 1 ? { headers, places, unknown } : null
}

/** A row as the sheet says it, checked as far as one row can be. */
export interface RosterRow {
  rowNo: number
  name: string
  gender: Gender | null
  idNo: string | null
  bornOn: string | null
  staffNo: string | null
  phone: string | null
  unit: string | null
  joinedOn: string | null
  retained: boolean
  tags: string[]
  employment: string | null
  kin: NewKin[]
  bank: string | null
  errors: RowError[]
}

/** @param today `YYYY-MM-DD`; no date of a roster lies after it */
export function readRow(row: Row, layout: Layout, today: string): RosterRow {
  const errors: RowError[] = []
  const cellOf = (column: Column): Cell | undefined => {
    const place = layout.places[column]
    return place === undefined ? undefined : row.cells[place]
  }
  const wrong = (column: Column, message: string): null => {
    const place = layout.places[column]
    errors.push({ ...(place !== undefined && { column: layout.headers[place]! }), message })
    return null
  }
  const text = (column: Column): string => {
    const cell = cellOf(column)
    if (cell?.kind === 'error') wrong(column, `单元格显示 ${cell.code}，请改为实际内容。`)
    return cell?.kind === 'error'
      ? ''
      : cellText(cell)
          .normalize('NFKC')
          .replace(/[\u200b\ufeff]/g, '')
          .trim()
  }
  const date = (column: Column): string | null => {
    const cell = cellOf(column)
    if (!cell || text(column) === '') return null
    const read = cell.kind === 'date' ? cell.date : readDay(text(column))
    if (!read) return wrong(column, `“${text(column)}”不是日期，请按 2026-03-05 的样式填写。`)
    return read > today ? wrong(column, '日期在今天之后，请核对。') : read
  }
  const digits = (column: Column): string => {
    const cell = cellOf(column)
    if (cell?.kind === 'number' && /e/i.test(cell.text)) return cell.text
    return normaliseNumber(
      cell?.kind === 'number' && Number.isSafeInteger(cell.value) ? String(cell.value) : text(column),
    )
  }

  const name = text('name').replace(/\s+(?=\p{Script=Han})/gu, '')
  if (!name) wrong('name', '请填写姓名。')
  else if (name.length > 40) wrong('name', '姓名过长，请核对是否填错了列。')
  else if (/\d/.test(name)) wrong('name', '姓名中有数字，请核对是否填错了列。')

  const genderText = text('gender')
  let gender: Gender | null = /^(男|男性|m)$/i.test(genderText) ? 'm' : /^(女|女性|f)$/i.test(genderText) ? 'f' : null
  if (genderText && !gender) wrong('gender', `性别只能填“男”或“女”，现为“${genderText}”。`)
  let bornOn = date('bornOn')
  if (bornOn && bornOn < '1900-01-01') bornOn = wrong('bornOn', '出生日期早于 1900 年，请核对。')

  let idNo: string | null = null
  const idText = digits('idNo')
  if (idText) {
    const read = readIdNumber(idText, today)
    if (typeof read === 'string') wrong('idNo', read)
    else {
      idNo = read.number
      if (read.kind === 'citizen') {
        if (gender && gender !== read.gender) wrong('gender', '性别与证件号码不一致，请核对。')
        // A sheet that knows the month only is made exact by the number.
        if (
          bornOn &&
          bornOn !== read.bornOn &&
          !(bornOn.endsWith('-01') && bornOn.slice(0, 7) === read.bornOn.slice(0, 7))
        )
          wrong('bornOn', '出生日期与证件号码不一致，请核对。')
        gender = read.gender
        bornOn = read.bornOn
      }
    }
  }

  const phoneText = digits('phone')
  const phone = phoneText.replace(/^\+?86(?=1\d{10}$)/, '') || null
  if (phone && !/^1[3-9]\d{9}$|^0?\d{7,12}$/.test(phone))
    wrong(
      'phone',
      /E\+/i.test(phone) ? '号码被改成了科学计数，请把该列设为“文本”格式后重新填写。' : '电话号码格式不正确，请核对。',
    )
  const bank = digits('bank') || null
  if (bank && !/^\d{12,30}$/.test(bank))
    wrong(
      'bank',
      /E\+/i.test(bank)
        ? '卡号被改成了科学计数，请把该列设为“文本”格式后重新填写。'
        : '银行卡号应为 12 至 30 位数字，请核对。',
    )
  const staffNo = (cellOf('staffNo')?.kind === 'number' ? digits('staffNo') : text('staffNo')) || null
  if (staffNo && staffNo.length > 40) wrong('staffNo', '工号不超过 40 个字符。')

  const stateText = text('state')
  const retained = /保留/.test(stateText)
  if (stateText && !retained && !/^(正常|有效|在会|会员|是)$/.test(stateText))
    wrong('state', `会籍状态只能填“正常”或“保留会籍”，现为“${stateText}”。`)
  const joinedOn = date('joinedOn')
  if (joinedOn && bornOn && joinedOn < bornOn) wrong('joinedOn', '入会日期早于出生日期，请核对。')

  const employment = text('employment') || null
  const tags = new Set(
    text('tags')
      .split(/[、，,;；\/\s]+/)
      .map(tagOf)
      .filter(Boolean),
  )
  if ([...tags].some((tag) => tag.length > 20)) wrong('tags', '标签过长，请用“、”隔开，每个不超过 20 个字。')
  // Gender is the roster's own column; a tag would be a second truth.
  if (tags.delete('女职工') && gender === 'm') wrong('tags', '男性不能标为“女职工”，请核对。')
  if (employment && /退休/.test(employment) && !/内退/.test(employment)) tags.add('退休')
  if (employment && /离休/.test(employment)) tags.add('离休')

  return {
    rowNo: row.rowNo,
    name,
    gender,
    idNo,
    bornOn,
    staffNo,
    phone,
    unit: text('unit') || null,
    joinedOn,
    retained,
    tags: [...tags],
    employment,
    kin: readKin(text('kin'), (message) => wrong('kin', message)),
    bank,
    errors,
  }
}

/** 2020-3-5, 2020.3.5, 2020/3/5, 2020年3月5日, 20200305, 2020-03 (the first of the month); null when it is no day. */
export function readDay(text: string): string | null {
  const clean = text.normalize('NFKC').replace(/\s/g, '')
  const parts =
    /^(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月?)$/.exec(clean) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(clean)
  if (!parts) return null
  const day = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${(parts[3] ?? '1').padStart(2, '0')}`
  return isDay(day) ? day : null
}

/** 李芳/配偶、李小明/儿子 */
function readKin(text: string, wrong: (message: string) => void): NewKin[] {
  const kin: NewKin[] = []
  for (const part of text.split(/[、，,;；\n]+/)) {
    if (!part.trim()) continue
    const found = /^(.+?)\s*(?:[/／:：\-—]\s*(.+)|[(（](.+)[)）])$/.exec(part.trim())
    const relation = (found?.[2] ?? found?.[3])?.trim()
    if (!found || !relation) wrong(`家属“${part.trim()}”请写成“姓名/关系”，多人用“、”隔开。`)
    else kin.push({ name: found[1]!.trim(), relation })
  }
  return kin
}
