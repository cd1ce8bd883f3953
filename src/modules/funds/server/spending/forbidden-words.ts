/** Words on a request that point at one of the eight forbidden things; a hit asks for a decision, it proves nothing. */
const WORDS: readonly { card: string; words: readonly string[] }[] = [
  { card: 'FS-EIGHT-1', words: ['宴请', '请客', '招待', '酒席', '送礼', '礼金', '茅台', '五粮液', '白酒', '香烟'] },
  { card: 'FS-EIGHT-2', words: ['奖金', '津贴', '补贴', '加班费', '过节费'] },
  { card: 'FS-EIGHT-3', words: ['KTV', '歌厅', '夜总会', '高尔夫', '洗浴', '桑拿', '会所', '足浴', '棋牌'] },
  { card: 'FS-EIGHT-7', words: ['集资', '理财', '担保', '股票', '基金定投'] },
  { card: 'FS-GOODS-ONLY', words: ['购物卡', '储值卡', '代金券', '预付卡', '提货卡', '加油卡', '红包'] },
]

/** Uses of a word that are allowed: 兼职工会干部补贴 and 伙食补助 have rules of their own. */
const ALLOWED = ['兼职工会干部补贴', '劳模津贴', '误餐补贴', '伙食补贴', '困难补贴', '帮扶基金', '高温津贴']

export interface ForbiddenWord {
  card: string
  word: string
}

/** What in the texts of a request needs a second look, each card once with the first word found. */
export function forbiddenWords(texts: readonly string[]): ForbiddenWord[] {
  let text = texts.join('\n').toUpperCase()
  for (const fine of ALLOWED) text = text.replaceAll(fine, '')
  return WORDS.flatMap(({ card, words }) => {
    const word = words.find((one) => text.includes(one))
    return word ? [{ card, word }] : []
  })
}
