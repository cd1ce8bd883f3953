import { field, register } from '../../../kernel/register/declaration.ts'

/** Stations and branches for people who work away from home. */
export const station = register({
  id: 'rights.station',
  title: '外出务工服务站点',
  domain: 'WG',
  mechanisms: ['WG-01', 'WG-02', 'WG-04'],
  help: '每个站点、分会一条记录，每位工作人员占一行；每年核对再登记，同一站点不重复计数。',
  dateLabel: '设立（核对）日期',
  fields: [
    field.text('body', '站点名称', { required: true, dim: true, key: true }),
    field.choice('kind', '种类', ['温馨服务站', '法律维权站', '法律维权分站', '外出务工人员分会'], { required: true }),
    field.text('place', '所在地', { dim: true }),
    field.text('services', '服务内容'),
  ],
  lines: { title: '工作人员', fields: [field.person('officer', '工作人员', { required: true })] },
  metrics: [
    {
      id: 'rights.station.service',
      label: '外出务工人员温馨服务站数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '温馨服务站' } },
    },
    {
      id: 'rights.station.rights',
      label: '外出务工人员法律维权站（分站）数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: ['法律维权站', '法律维权分站'] } },
    },
    {
      id: 'rights.station.branches',
      label: '外出务工人员分会数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '外出务工人员分会' } },
    },
    {
      id: 'rights.station.officers',
      label: '外出务工服务站点工作人员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
  ],
  clauses: [
    { text: '经{period}核对，设有外出务工人员温馨服务站{rights.station.service}。', weight: 84 },
    { text: '经{period}核对，设有外出务工人员法律维权站和分站{rights.station.rights}。', weight: 83 },
    { text: '经{period}核对，建有外出务工人员分会{rights.station.branches}。', weight: 80 },
    { text: '经{period}核对，各外出务工服务站点配有工作人员{rights.station.officers}。', weight: 30 },
  ],
  sample: {
    date: '2025-03-07',
    body: '驻沿江市温馨服务站',
    kind: '温馨服务站',
    place: '沿江市',
    services: '接站、代购车票、政策咨询',
    officer: '纪明轩',
  },
})

/** Trips to recover what workers are owed elsewhere. */
export const recoveryTrip = register({
  id: 'rights.recovery-trip',
  title: '外出法律维权',
  domain: 'WG',
  mechanisms: ['WG-03'],
  help: '每次外出维权一条记录，每位受助务工人员占一行，讨回的款项按人填写。',
  dateLabel: '外出日期',
  titleLabel: '事由',
  fields: [field.text('place', '前往地', { required: true, dim: true }), field.text('visitors', '外出干部')],
  lines: {
    title: '受助务工人员',
    fields: [
      field.person('worker', '务工人员', { required: true, sensitive: true }),
      field.money('recovered', '讨回资金（元）'),
    ],
  },
  metrics: [
    { id: 'rights.recovery-trip.count', label: '外出法律维权次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'rights.recovery-trip.workers',
      label: '外出维权受助务工人员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    { id: 'rights.recovery-trip.recovered', label: '讨回务工人员资金', unit: '元', aggregate: { sum: 'recovered' } },
  ],
  clauses: [
    {
      text: '{period}外出进行法律维权{rights.recovery-trip.count}[，帮助务工人员{rights.recovery-trip.workers}][，讨回资金{rights.recovery-trip.recovered}]。',
      weight: 90,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-08-27',
    title: '工地拖欠工资',
    place: '沿江市',
    visitors: '高远帆、纪明轩',
    worker: '路长河',
    recovered: '9600',
  },
})

/** Jobs made known, and who went. */
export const jobNotice = register({
  id: 'rights.job-notice',
  title: '务工信息发布',
  domain: 'WG',
  mechanisms: ['WG-05'],
  help: '每条务工信息一条记录；经此外出的人每人占一行，暂时没有的不填。',
  dateLabel: '发布日期',
  titleLabel: '岗位信息',
  fields: [
    field.choice('source', '信息来源', ['劳动保障所', '用工企业', '外出务工人员', '其他'], {
      required: true,
      open: true,
    }),
    field.text('place', '务工地', { dim: true }),
  ],
  lines: { title: '外出人员', fields: [field.person('worker', '外出务工人员', { required: true })] },
  metrics: [
    { id: 'rights.job-notice.count', label: '发布务工信息条数', unit: '条', aggregate: { sum: 'record' } },
    {
      id: 'rights.job-notice.placed',
      label: '组织外出务工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
  ],
  clauses: [
    {
      text: '{period}发布务工信息{rights.job-notice.count}[，组织外出务工{rights.job-notice.placed}]。',
      weight: 70,
    },
  ],
  sample: { date: '2025-02-18', title: '沿江电子招装配工', source: '劳动保障所', place: '沿江市', worker: '路长河' },
})

/** People who work away for good: the roll behind «常年在外务工». */
export const migrant = register({
  id: 'rights.migrant',
  title: '常年外出务工人员',
  domain: 'WG',
  mechanisms: ['WG-05'],
  help: '每位常年在外务工人员每年一行。',
  dateLabel: '登记日期',
  fields: [
    field.person('worker', '务工人员姓名', { required: true }),
    field.text('place', '务工地', { dim: true }),
    field.choice('trade', '行业', ['建筑', '制造', '餐饮服务', '运输', '其他'], { open: true }),
    field.yesno('leftFamily', '家中是否有留守人员'),
  ],
  metrics: [
    {
      id: 'rights.migrant.people',
      label: '常年在外务工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
    },
    {
      id: 'rights.migrant.with-family',
      label: '家中有留守人员的外出务工人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record', where: { leftFamily: '是' } },
    },
    {
      id: 'rights.migrant.places',
      label: '外出务工所到地区数',
      unit: '个',
      aggregate: { distinct: { dim: 'place' }, of: 'record' },
    },
  ],
  clauses: [
    {
      text: '{period}登记常年在外务工人员{rights.migrant.people}[，其中家中有留守人员的{rights.migrant.with-family}]。',
      weight: 72,
    },
  ],
  sample: { date: '2025-03-01', worker: '路长河', place: '沿江市', trade: '建筑', leftFamily: '是' },
})
