/**
 * Kinds of fixed assets with the least years over which they lose their value: 《工会会计制度》（财会〔2021〕7号）附录2.
 * A union may choose more years, never fewer. Data only: forms and the server read the same table.
 */
export interface AssetKind {
  id: string
  title: string
  /** 专用设备 counts as a fixed asset from 1,500 yuan a piece, everything else from 1,000 (第三十二条). */
  group: 'general' | 'special' | 'building'
  /** Least years; null: never depreciated (第三十五条). */
  years: number | null
}

const kind = (id: string, title: string, group: AssetKind['group'], years: number | null): AssetKind => ({
  id,
  title,
  group,
  years,
})

export const ASSET_KINDS: readonly AssetKind[] = [
  kind('computer', '计算机设备', 'general', 6),
  kind('office', '办公设备', 'general', 6),
  kind('vehicle', '车辆', 'general', 8),
  kind('library', '图书档案设备', 'general', 5),
  kind('machine', '机械设备', 'general', 10),
  kind('electric', '电气设备', 'general', 5),
  kind('communication', '通信设备', 'general', 5),
  kind('broadcast', '广播、电视、电影设备', 'general', 5),
  kind('instrument', '仪器仪表', 'general', 5),
  kind('culture', '文艺设备', 'special', 5),
  kind('sport', '体育设备', 'special', 5),
  kind('leisure', '娱乐设备', 'special', 5),
  kind('furniture', '家具', 'general', 15),
  kind('utensil', '用具、装具', 'general', 5),
  kind('house-steel', '房屋（钢结构、钢筋混凝土结构）', 'building', 50),
  kind('house-brick', '房屋（砖混、砖木结构）', 'building', 30),
  kind('house-plain', '简易房、房屋附属设施、构筑物', 'building', 8),
  kind('books', '图书、档案', 'general', null),
  kind('relic', '文物和陈列品', 'general', null),
  kind('plant', '动植物', 'general', null),
  kind('land', '单独计价入账的土地', 'building', null),
]

export const assetKindOf = (id: string): AssetKind | undefined => ASSET_KINDS.find((one) => one.id === id)

/** Fen a piece from which equipment with a life of more than a year is a fixed asset (第三十二条). */
export const THRESHOLD_FEN = { general: 100_000, special: 150_000, building: 0 } as const

/** What cannot be valued stands in the books with one yuan and loses nothing. */
export const NOMINAL_FEN = 100
