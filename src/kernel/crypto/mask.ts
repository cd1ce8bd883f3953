/** What a screen, a list or an export shows of a number that may be revealed only one by one. */

const masked = (text: string, head: number, tail: number): string =>
  text.length <= head + tail
    ? '*'.repeat(text.length)
    : text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(text.length - tail)

/** 310***********1234 */
export const maskIdNo = (idNo: string): string => masked(idNo, 3, 4)

/** 138****5678; a short land line keeps its last four only. */
export const maskPhone = (phone: string): string => (phone.length >= 11 ? masked(phone, 3, 4) : masked(phone, 0, 4))

/** From what the roster keeps in the clear: *******5678 */
export const maskLast4 = (last4: string | null): string => (last4 ? `*******${last4}` : '')

/** ************0123 */
export const maskBank = (card: string): string => masked(card, 0, 4)
