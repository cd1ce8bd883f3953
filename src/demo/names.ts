import { checkDigit } from '../modules/members/id-number.ts'
import type { Random } from './random.ts'

/** Surnames about as frequent as they are met; the commoner ones stand first and are drawn more often. */
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const characters = {
  m: {
    old: '建国志强卫东永福德胜明辉国平长海振华庆林玉山春生保成金水文斌学军立新洪涛世杰广才',
    middle: '伟强军勇涛斌鹏杰磊波辉刚健峰亮超飞俊华平明宏海林松文刚凯旭东宁坤',
    young: '浩宇子轩俊杰博文天翔嘉豪一鸣思远泽宇志远承志昊然景行奕辰云帆立诚书恒',
  },
  f: {
    old: '桂兰秀英玉兰凤英淑珍春梅秋菊丽华素芬美玲惠芳彩霞红梅月娥金凤',
    middle: '敏静丽娟霞燕玲芳艳红梅萍莉婷颖洁晶雪慧蓉琳娜倩岚',
    young: '雨桐思琪梦瑶欣怡佳颖晓彤诗涵若兰梓萱静怡语嫣可心紫萱一诺秋白雅楠',
  },
} as const

export function nameOf(random: Random, gender: 'm' | 'f', bornIn: number): string {
  const at = Math.floor(random.next() ** 1.9 * surnames.length)
  const kind = bornIn < 1972 ? 'old' : bornIn < 1990 ? 'middle' : 'young'
  const pool = characters[gender][kind]
  const character = (): string => pool[random.between(0, pool.length - 1)]!
  const first = character()
  if (kind === 'middle' && random.chance(0.35)) return surnames[at]! + first
  let second = character()
  while (second === first) second = character()
  return surnames[at]! + first + second
}

/** Valid in its check digit, as the roster demands, and nobody's: no province has the number 99. */
export function idNumberOf(bornOn: string, gender: 'm' | 'f', serial: number): string {
  const order = String(((serial * 2) % 998) + (gender === 'm' ? 1 : 2)).padStart(3, '0')
  const number = `9901${String(10 + (Math.floor(serial / 499) % 89))}${bornOn.replaceAll('-', '')}${order}`
  return number + checkDigit(number)
}

/** Invented, and told by their zeros. */
export const phoneOf = (serial: number): string => `1990000${String(serial % 10000).padStart(4, '0')}`
