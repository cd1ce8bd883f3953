import { field, register } from '../../../kernel/register/declaration.ts'

/** Evidence of home-building: pictures, recordings and papers, filed by volume. */
export const evidence = register({
  id: 'union-building.evidence',
  title: '建家资料归档',
  domain: 'JJ',
  mechanisms: ['JJ-07'],
  help: '每件归档资料一行。',
  dateLabel: '归档日期',
  titleLabel: '资料名称',
  fields: [
    field.choice('media', '载体', ['文字', '照片', '录音', '录像', '实物'], { required: true }),
    field.text('event', '所属活动', { dim: true }),
    field.text('volume', '案卷号', { dim: true }),
  ],
  metrics: [
    { id: 'union-building.evidence.count', label: '建家资料归档件数', unit: '件', aggregate: { sum: 'record' } },
    {
      id: 'union-building.evidence.audiovisual',
      label: '建家影音资料件数',
      unit: '件',
      aggregate: { sum: 'record', where: { media: ['照片', '录音', '录像'] } },
    },
    {
      id: 'union-building.evidence.volumes',
      label: '建家资料立卷数',
      unit: '卷',
      aggregate: { distinct: { dim: 'volume' }, of: 'record' },
    },
  ],
  clauses: [
    {
      text: '{period}归档建家资料{union-building.evidence.count}[，其中影音资料{union-building.evidence.audiovisual}][，立卷{union-building.evidence.volumes}]。',
      weight: 50,
    },
  ],
  sample: { date: '2025-10-30', title: '职工运动会开幕式', media: '录像', event: '职工运动会', volume: '2025-07' },
})

/** Brands and distinctive unions: planned, built, recognised. */
export const brand = register({
  id: 'union-building.brand',
  title: '工会品牌与特色工会',
  domain: 'JJ',
  mechanisms: ['JJ-08', 'JJ-10'],
  help: '每个品牌或特色项目每有一次进展登记一行；列入年度计划时也登记一行。',
  dateLabel: '进展日期',
  fields: [
    field.text('name', '品牌或特色名称', { required: true, dim: true, key: true }),
    field.choice('kind', '种类', ['服务品牌', '工作品牌', '活动品牌', '特色工会'], { required: true }),
    field.choice('stage', '进展', ['列入计划', '创建中', '已形成', '获认定'], { required: true }),
    field.text('owner', '责任单位', { dim: true }),
    field.text('recognisedBy', '认定单位'),
  ],
  metrics: [
    {
      id: 'union-building.brand.planned',
      label: '计划打造品牌数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'name' },
        of: 'record',
        where: { kind: ['服务品牌', '工作品牌', '活动品牌'], stage: '列入计划' },
      },
    },
    {
      id: 'union-building.brand.brands',
      label: '打造品牌数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'name' },
        of: 'record',
        where: { kind: ['服务品牌', '工作品牌', '活动品牌'], stage: ['创建中', '已形成', '获认定'] },
      },
    },
    {
      id: 'union-building.brand.recognised',
      label: '获认定品牌数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'name' },
        of: 'record',
        where: { kind: ['服务品牌', '工作品牌', '活动品牌'], stage: '获认定' },
      },
    },
    {
      id: 'union-building.brand.distinctive',
      label: '争创特色工会数',
      unit: '家',
      aggregate: { distinct: { dim: 'name' }, of: 'record', where: { kind: '特色工会' } },
    },
    {
      id: 'union-building.brand.distinctive-recognised',
      label: '获认定特色工会数',
      unit: '家',
      aggregate: { distinct: { dim: 'name' }, of: 'record', where: { kind: '特色工会', stage: '获认定' } },
    },
  ],
  clauses: [
    {
      text: '{period}打造工会品牌{union-building.brand.brands}[，其中获上级认定{union-building.brand.recognised}]。',
      weight: 70,
    },
    { text: '{period}列入计划打造的品牌有{union-building.brand.planned}。', weight: 44 },
    {
      text: '{period}参加争创特色工会的有{union-building.brand.distinctive}[，其中获认定{union-building.brand.distinctive-recognised}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2025-01-20',
    name: '午间半小时',
    kind: '活动品牌',
    stage: '列入计划',
    owner: '公司工会',
  },
})

/** Money and work put into the home: the honour room, its greenery. */
export const homeWork = register({
  id: 'union-building.home-work',
  title: '荣誉室与环境建设',
  domain: 'JJ',
  mechanisms: ['JJ-09', 'JJ-11'],
  help: '每笔投入或每次维护一行。',
  titleLabel: '工作内容',
  fields: [
    field.choice('kind', '种类', ['荣誉室建设', '绿化环境维护', '环境改造'], { required: true }),
    field.text('site', '地点', { required: true, dim: true }),
    field.text('payer', '出资单位', { dim: true }),
    field.money('cost', '投入金额（元）'),
  ],
  metrics: [
    {
      id: 'union-building.home-work.honour-cost',
      label: '荣誉室建设投入',
      unit: '元',
      aggregate: { sum: 'cost', where: { kind: '荣誉室建设' } },
    },
    {
      id: 'union-building.home-work.honour-rooms',
      label: '建设荣誉室数',
      unit: '个',
      aggregate: { distinct: { dim: 'site' }, of: 'record', where: { kind: '荣誉室建设' } },
    },
    {
      id: 'union-building.home-work.greening',
      label: '绿化和环境维护次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: ['绿化环境维护', '环境改造'] } },
    },
    {
      id: 'union-building.home-work.greening-cost',
      label: '绿化和环境维护投入',
      unit: '元',
      aggregate: { sum: 'cost', where: { kind: ['绿化环境维护', '环境改造'] } },
    },
  ],
  clauses: [
    {
      text: '{period}建设荣誉室{union-building.home-work.honour-rooms}[，投入{union-building.home-work.honour-cost}]。',
      weight: 64,
    },
    {
      text: '{period}维护职工之家绿化和环境{union-building.home-work.greening}[，投入{union-building.home-work.greening-cost}]。',
      weight: 42,
    },
  ],
  sample: {
    date: '2025-06-03',
    title: '展柜制作',
    kind: '荣誉室建设',
    site: '办公楼荣誉室',
    payer: '公司行政',
    cost: '48600',
  },
})
