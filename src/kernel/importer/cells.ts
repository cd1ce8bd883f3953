import type { Field } from '../register/declaration.ts'
import { cellText, serialToDate, type Cell } from '../xlsx/cell.ts'

/** A cell's meaning, or the sentence why it has none. Empty cells mean null. */
export type Read = { value: unknown } | { error: string }

/** Text as an officer meant it: full-width letters and digits become half-width, invisible characters and edges go. */
export const cleanText = (cell: Cell | undefined): string =>
  cellText(cell)
    .normalize('NFKC')
    .replaceAll(/[\u200b\u200c\u200d\u2060\ufeff]/g, '')
    .trim()

/** What other systems append to a day: 2026-03-05 00:00:00, 2026/3/5 8:30, …T08:30:00+08:00. */
const timeOfDay = /(?<=\d)(?:\s+|T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/

/** A date in any of the shapes officers write. `2026-03` and `2026年3月` are no days and refused. */
export function readDate(cell: Cell | undefined): Read {
  if (cell?.kind === 'date') return { value: cell.date }
  const text = cleanText(cell).replace(timeOfDay, '').replaceAll(/\s/g, '')
  if (!text) return { value: null }
  const parts = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (parts) {
    const day = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
    if (isDay(day)) return { value: day }
    return { error: `没有“${text}”这一天，请核对。` }
  }
  if (cell?.kind === 'number' && cell.value > 20_000 && cell.value < 80_000) {
    const day = serialToDate(cell.value)
    if (day) return { value: day.date }
  }
  return { error: `“${text}”不是日期，请按 2026-03-05 的样式填写。` }
}

const isDay = (day: string): boolean => {
  const instant = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === day
}

const scientific = (cell: Cell | undefined): boolean =>
  (cell?.kind === 'number' && Math.abs(cell.value) >= 1e15) ||
  (cell?.kind === 'text' && /^\d(\.\d+)?E\+\d+$/i.test(cell.text.trim()))

/** A number that names something (staff number, account): never reckoned with, so its digits must all be there. */
export const readNumber = (cell: Cell | undefined): Read =>
  scientific(cell)
    ? { error: '号码过长，被表格改成了科学计数，后面几位已丢失；请把该列设为“文本”格式后重新填写。' }
    : { value: cleanText(cell).replaceAll(/\s/g, '') || null }

/** Yuan as people write them → fen: 1,234.50  ¥800  800元  1.5万元. More than two decimals are refused, not rounded. */
export function readMoney(cell: Cell | undefined): Read {
  const written = cleanText(cell)
  if (!written) return { value: null }
  if (scientific(cell)) return { error: '金额过大或被改成了科学计数，请核对。' }
  // A number cell may carry binary dust (0.1 + 0.2); what Excel shows at two decimals is what was meant.
  if (cell?.kind === 'number') {
    const fen = Math.round(cell.value * 100)
    // The dust grows with the amount, but never to a tenth of a fen: that would be a third decimal.
    return Math.abs(cell.value * 100 - fen) < Math.min(0.05, 1e-9 * Math.max(1000, Math.abs(fen)))
      ? { value: fen }
      : { error: `金额“${written}”超过两位小数，请按元填写，最多两位小数。` }
  }
  const match = /^[¥￥]?(-?)([\d,]+)(?:\.(\d+))?(万)?元?$/.exec(written.replaceAll(/\s/g, ''))
  if (!match || !/^(\d+|\d{1,3}(,\d{3})+)$/.test(match[2]!))
    return { error: `“${written}”不是金额，请填写数字，单位为元。` }
  const places = match[4] ? 6 : 2
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > places) return { error: `金额“${written}”超过两位小数，请按元填写，最多两位小数。` }
  const fen = Number(`${match[2]!.replaceAll(',', '')}${fraction.padEnd(places, '0')}`)
  return Number.isSafeInteger(fen) ? { value: match[1] ? -fen : fen } : { error: `金额“${written}”过大，请核对。` }
}

export function readInteger(cell: Cell | undefined): Read {
  const text = cleanText(cell).replaceAll(/[,\s]/g, '')
  if (!text) return { value: null }
  if (scientific(cell)) return { error: '数字过长，被改成了科学计数；请把该列设为“文本”格式后重新填写。' }
  // «第3届», «12 人»: the number is plain, the word around it harmless. «3万» is another number and refused.
  const match = /^第?(-?\d{1,15})(?:\.0+)?(?![十百千万亿])\p{Script=Han}{0,3}$/u.exec(text)
  return match ? { value: Number(match[1]) } : { error: `“${cleanText(cell)}”不是整数，请只填数字。` }
}

/** 82, 82%, a cell formatted as per cent → hundredths of a percent. */
export function readPercent(cell: Cell | undefined): Read {
  if (cell?.kind === 'number') return { value: Math.round(cell.value * (cell.percent ? 10_000 : 100)) }
  const text = cleanText(cell)
  if (!text) return { value: null }
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?%?$/.exec(text)
  return match
    ? { value: Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`) }
    : { error: `“${text}”不是百分比，请按 82 或 82% 的样式填写。` }
}

const yes = new Set(['是', '有', '√', '✓', 'y', 'yes', '1', 'true', '对', '已', '参加', '已参加', '已领', '已完成'])
const no = new Set(['否', '无', '×', 'x', 'n', 'no', '0', 'false', '没有', '未', '未参加', '未领', '未完成'])

export function readYesNo(cell: Cell | undefined): Read {
  if (cell?.kind === 'boolean') return { value: cell.value }
  const text = cleanText(cell).toLowerCase()
  if (!text) return { value: null }
  if (yes.has(text)) return { value: true }
  return no.has(text) ? { value: false } : { error: `“${cleanText(cell)}”请改为“是”或“否”。` }
}

/** A value of the list; brackets and spaces may differ. An open list keeps what it does not know. */
export function readChoice(cell: Cell | undefined, declared: Field): Read {
  const text = cleanText(cell)
  if (!text) return { value: null }
  const bare = (one: string): string => one.normalize('NFKC').replaceAll(/\s/g, '')
  const found = declared.choices?.find((choice) => bare(choice) === bare(text))
  if (found) return { value: found }
  return declared.open
    ? { value: text }
    : { error: `“${text}”不在可选范围内，请填写：${declared.choices?.join('、')}。` }
}

/** A cell by its field's kind. Persons, households and units give their name; who they are is resolved later. */
export function readCell(cell: Cell | undefined, declared: Field): Read {
  if (cell?.kind === 'error') return { error: `单元格显示 ${cell.code}，请改为实际内容。` }
  const read = readByKind(cell, declared)
  if ('error' in read || read.value === null) return read
  if (typeof read.value === 'number') {
    const min = declared.min ?? 0
    const shown = (value: number): string =>
      declared.kind === 'money' || declared.kind === 'percent' ? String(value / 100) : String(value)
    if (read.value < min) return { error: `${declared.label}不能小于 ${shown(min)}。` }
    if (declared.max !== undefined && read.value > declared.max)
      return { error: `${declared.label}不能大于 ${shown(declared.max)}。` }
  }
  if (
    typeof read.value === 'string' &&
    declared.kind !== 'date' &&
    read.value.length > (declared.kind === 'longtext' ? 4000 : 200)
  )
    return { error: `${declared.label}过长，请缩短后再导入。` }
  return read
}

function readByKind(cell: Cell | undefined, declared: Field): Read {
  switch (declared.kind) {
    case 'integer':
      return readInteger(cell)
    case 'money':
      return readMoney(cell)
    case 'percent':
      return readPercent(cell)
    case 'date':
      return readDate(cell)
    case 'yesno':
      return readYesNo(cell)
    case 'choice':
      return readChoice(cell, declared)
    case 'person':
    case 'household': {
      const name = cleanText(cell).replaceAll(/\s+(?=\p{Script=Han})/gu, '')
      return name && /^\d+$/.test(name) ? { error: `“${name}”不是姓名，请核对是否填错了列。` } : { value: name || null }
    }
    default:
      return { value: cleanText(cell) || null }
  }
}
