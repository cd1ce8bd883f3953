/** 民法典 第1045条: in-laws are not 近亲属, so they only deserve a warning. */
const CLOSE = new Set(
  (
    '配偶 丈夫 妻子 父亲 母亲 父母 子女 儿子 女儿 兄弟姐妹 兄弟 姐妹 哥哥 弟弟 姐姐 妹妹 祖父母 祖父 祖母 外祖父母 外祖父 外祖母 ' +
    '孙子女 孙子 孙女 外孙子女 外孙子 外孙 外孙女'
  ).split(' '),
)
const BY_MARRIAGE = new Set(
  '岳父 岳母 公公 婆婆 女婿 儿媳 姐夫 妹夫 嫂子 弟媳 大伯子 小叔子 大姑子 小姑子 大舅子 小舅子 大姨子 小姨子'.split(
    ' ',
  ),
)

/** @param relation what the person is to the other: 配偶, 女婿 … */
export function kinship(relation: string): 'close' | 'by-marriage' | 'other' {
  const name = relation.trim()
  return CLOSE.has(name) ? 'close' : BY_MARRIAGE.has(name) ? 'by-marriage' : 'other'
}
