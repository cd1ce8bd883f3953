/**
 * Money is an integer of fen. Nothing here divides in floating point: the digits are cut, never computed.
 * Capitals follow 正确填写票据和结算凭证的基本规定 (支付结算办法, 附一).
 */

const digitsOf = (fen: number): { sign: string; yuan: string; fraction: string } => {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not an amount in fen: ${fen}`)
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return { sign: fen < 0 ? '-' : '', yuan: digits.slice(0, -2), fraction: digits.slice(-2) }
}

const grouped = (whole: string): string => whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',')

/** 123450 → `1,234.50`: for tables, vouchers and exports. @param fen integer fen */
export function formatYuan(fen: number): string {
  const { sign, yuan, fraction } = digitsOf(fen)
  return `${sign}${grouped(yuan)}.${fraction}`
}

/** 123450 → `1234.5元`, 120000 → `1200元`: as a sentence writes it, without idle zeros. @param fen integer fen */
export function plainYuan(fen: number): string {
  const { sign, yuan, fraction } = digitsOf(fen)
  const rest = fraction.replace(/0+$/, '')
  return `${sign}${yuan}${rest && `.${rest}`}元`
}

/**
 * 128469135 → `128.47` 万元, rounded half away from zero; exact where the digits suffice. For statements in 万元.
 * @param fen integer fen
 * @param decimals 0 to 6 (six hold every fen)
 */
export function formatWanYuan(fen: number, decimals = 2): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not an amount in fen: ${fen}`)
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6) throw new RangeError(`decimals: ${decimals}`)
  const step = 10n ** BigInt(6 - decimals)
  const amount = BigInt(Math.abs(fen))
  const digits = String((amount + step / 2n) / step).padStart(decimals + 1, '0')
  const whole = decimals ? digits.slice(0, -decimals) : digits
  const text = grouped(whole) + (decimals ? `.${digits.slice(-decimals)}` : '')
  return fen < 0 && /[1-9]/.test(text) ? `-${text}` : text
}

const CAPITALS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖']
const PLACES = ['仟', '佰', '拾', '']

/** Four digits, e.g. `0409` → 肆佰零玖; '' for zero. Leading zeros are the caller's business. */
function capitalGroup(digits: string): string {
  let text = ''
  let gap = false
  for (const [index, digit] of [...digits.padStart(4, '0')].entries()) {
    if (digit === '0') gap = text !== ''
    else {
      text += (gap ? '零' : '') + CAPITALS[Number(digit)] + PLACES[index]
      gap = false
    }
  }
  return text
}

/** A whole number of yuan in capitals without the word 元; '' for zero. 亿 is counted in units of its own. */
function capitalWhole(digits: string): string {
  const text = digits.replace(/^0+/, '')
  if (text.length <= 4) return capitalGroup(text)
  const [size, name] = text.length > 8 ? ([8, '亿'] as const) : ([4, '万'] as const)
  const high = capitalWhole(text.slice(0, -size))
  const low = text.slice(-size)
  const lowText = capitalWhole(low)
  // One 零 stands for however many zeros part the groups.
  return `${high}${name}${lowText && low.startsWith('0') ? '零' : ''}${lowText}`
}

/** The amount in Chinese capitals: 10753 → 壹佰零柒元伍角叁分, 150000 → 壹仟伍佰元整. @param fen integer fen */
export function capitalYuan(fen: number): string {
  const { sign, yuan, fraction } = digitsOf(fen)
  const jiao = Number(fraction[0])
  const cents = Number(fraction[1])
  const whole = capitalWhole(yuan)
  const prefix = sign ? '负' : ''
  if (!jiao && !cents) return `${prefix}${whole || '零'}元整`
  const wholeText = whole && `${whole}元`
  // 元 without a digit of its own, or no 角 before the 分: a 零 keeps anybody from writing one in.
  const gap = whole && (yuan.endsWith('0') || !jiao) ? '零' : ''
  const jiaoText = jiao ? `${CAPITALS[jiao]}角` : ''
  return `${prefix}${wholeText}${gap}${jiaoText}${cents ? `${CAPITALS[cents]}分` : '整'}`
}

const FULL_WIDTH = /[０-９．，－＋]/g
const halfWidth = (text: string): string =>
  text.replace(FULL_WIDTH, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))

/**
 * Reads an amount a person wrote: `1,234.50`, `￥1234.5元`, `12.8万元`, full-width digits. Returns fen, or null when it
 * is no amount, has more than two decimals of a yuan, or is beyond what fen can hold. Never rounds.
 */
export function parseYuan(text: string): number | null {
  const match = /^([-+]?)[¥￥]?([-+]?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?(万|亿)?元?(?:整)?$/.exec(
    halfWidth(text).replace(/\s+/g, ''),
  )
  if (!match || (match[1] && match[2])) return null
  const [, before, after, whole, decimals = '', unit] = match
  const shift = unit === '亿' ? 10 : unit === '万' ? 6 : 2
  const significant = decimals.replace(/0+$/, '')
  if (significant.length > shift) return null
  const fen = Number(whole!.replaceAll(',', '') + significant.padEnd(shift, '0'))
  if (!Number.isSafeInteger(fen)) return null
  return (before || after) === '-' && fen !== 0 ? -fen : fen
}
