import type { Domain } from '../../kernel/register/declaration.ts'

/** How many mechanisms of a union's year each theme has: ids run DM-01 … DM-50 and so on. */
export const MECHANISM_COUNTS: Readonly<Record<Domain, number>> = {
  DM: 50,
  ZZ: 33,
  JJ: 11,
  LD: 18,
  XF: 12,
  WG: 9,
  BF: 29,
  WW: 22,
  HZ: 14,
  FL: 19,
  TG: 13,
  JS: 28,
  AQ: 10,
  SZ: 27,
  RY: 17,
  WT: 26,
  ZD: 13,
  NG: 22,
  JH: 10,
  CW: 20,
  XX: 12,
  KH: 11,
  DZ: 12,
  GY: 7,
}

/** Mechanisms that are no register: what of the product serves them. */
export const SERVED_ELSEWHERE: Readonly<Record<string, string>> = {
  'ZZ-31': '会员身份标签（members）',
}
