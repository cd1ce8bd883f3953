import { field, register } from '../../../kernel/register/declaration.ts'

/** Committees that exist, with their members: three of a union, six of a town union. */
export const committee = register({
  id: 'union-building.committee',
  title: '工会各委员会名册',
  domain: 'ZZ',
  mechanisms: ['ZZ-11', 'ZZ-12'],
  help: '每个委员会一条记录，每位成员占一行；每年核对时再登记，同一委员会不会重复计数。',
  dateLabel: '成立（核对）日期',
  endDateLabel: '届满日期',
  fields: [
    field.choice(
      'kind',
      '委员会',
      [
        '工会委员会',
        '经费审查委员会',
        '女职工委员会',
        '劳动争议调解委员会',
        '劳动法律监督委员会',
        '劳动保护监督检查委员会',
      ],
      { required: true, open: true, key: true },
    ),
    field.text('duties', '职责分工'),
  ],
  lines: {
    title: '成员',
    fields: [
      field.person('member', '成员姓名', { required: true }),
      field.choice('post', '职务', ['主席', '副主席', '主任', '副主任', '委员'], { required: true }),
    ],
  },
  metrics: [
    {
      id: 'union-building.committee.count',
      label: '工会所设委员会数',
      unit: '个',
      aggregate: { distinct: { dim: 'kind' }, of: 'record' },
    },
    {
      id: 'union-building.committee.six',
      label: '“六会”已建个数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'kind' },
        of: 'record',
        where: {
          kind: [
            '工会委员会',
            '经费审查委员会',
            '女职工委员会',
            '劳动争议调解委员会',
            '劳动法律监督委员会',
            '劳动保护监督检查委员会',
          ],
        },
      },
      definition:
        '工会委员会、经费审查委员会、女职工委员会、劳动争议调解委员会、劳动法律监督委员会、劳动保护监督检查委员会中已建立的个数',
    },
    {
      id: 'union-building.committee.three',
      label: '“三委”已建个数',
      unit: '个',
      aggregate: {
        distinct: { dim: 'kind' },
        of: 'record',
        where: { kind: ['工会委员会', '经费审查委员会', '女职工委员会'] },
      },
      definition: '工会委员会、经费审查委员会、女职工委员会中已建立的个数',
    },
    {
      id: 'union-building.committee.members',
      label: '各委员会成员人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
      definition: '一人在几个委员会任职只计一人',
    },
  ],
  clauses: [
    {
      text: '经{period}核对，设有{list:kind}，“六会”已建{union-building.committee.six}[，各委员会成员{union-building.committee.members}]。',
      weight: 92,
    },
    {
      text: '经{period}核对，工会委员会、经费审查委员会、女职工委员会已建{union-building.committee.three}。',
      weight: 60,
    },
  ],
  sample: {
    date: '2025-03-20',
    endDate: '2030-03-19',
    kind: '经费审查委员会',
    duties: '审查经费收支',
    member: '舒静怡',
    post: '主任',
  },
})

/** A union held against a named standard, item by item. The items of a standard are the unit's own list. */
export const checklist = register({
  id: 'union-building.checklist',
  title: '工会建设标准对照检查',
  domain: 'ZZ',
  mechanisms: ['ZZ-13', 'ZZ-14', 'ZZ-29'],
  help: '每次对照一个标准检查一家工会登记一条记录，标准的每个项目占一行，注明是否达到和凭据。“五好”等标准的项目按上级文件填写。',
  dateLabel: '检查日期',
  fields: [
    field.choice('standard', '标准', ['八有', '五好', '五规范'], { required: true, open: true, key: true }),
    field.text('body', '被检查工会', { required: true, dim: true, key: true }),
  ],
  lines: {
    title: '标准项目',
    fields: [
      field.choice(
        'item',
        '项目',
        [
          '有组织机构',
          '有阵地',
          '有公章',
          '有制度',
          '有牌子',
          '有经费',
          '有活动',
          '有档案',
          '组织建设规范',
          '制度建设规范',
          '工作程序规范',
          '阵地建设规范',
          '台帐建设规范',
        ],
        { required: true, open: true },
      ),
      field.yesno('done', '是否达到', { required: true }),
      field.text('evidence', '凭据'),
    ],
  },
  metrics: [
    {
      id: 'union-building.checklist.eight',
      label: '“八有”达到项数',
      unit: '项',
      aggregate: {
        distinct: { dim: 'item' },
        of: 'line',
        where: {
          standard: '八有',
          done: '是',
          item: ['有组织机构', '有阵地', '有公章', '有制度', '有牌子', '有经费', '有活动', '有档案'],
        },
      },
      definition: '有组织机构、有阵地、有公章、有制度、有牌子、有经费、有活动、有档案中，对照检查达到的项数',
    },
    {
      id: 'union-building.checklist.five-good',
      label: '“五好”达到项数',
      unit: '项',
      aggregate: { distinct: { dim: 'item' }, of: 'line', where: { standard: '五好', done: '是' } },
      definition: '项目以上级文件为准',
    },
    {
      id: 'union-building.checklist.five-norms',
      label: '“五规范”达到项数',
      unit: '项',
      aggregate: {
        distinct: { dim: 'item' },
        of: 'line',
        where: {
          standard: '五规范',
          done: '是',
          item: ['组织建设规范', '制度建设规范', '工作程序规范', '阵地建设规范', '台帐建设规范'],
        },
      },
      definition: '组织建设、制度建设、工作程序、阵地建设、台帐建设规范中，对照检查达到的项数',
    },
    {
      id: 'union-building.checklist.bodies',
      label: '对照标准检查的工会数',
      unit: '家',
      aggregate: { distinct: { dim: 'body' }, of: 'record' },
    },
    {
      id: 'union-building.checklist.items',
      label: '对照检查项次',
      unit: '项次',
      aggregate: { sum: 'line' },
    },
    {
      id: 'union-building.checklist.passed',
      label: '对照检查达标项次',
      unit: '项次',
      aggregate: { sum: 'line', where: { done: '是' } },
    },
    {
      id: 'union-building.checklist.rate',
      label: '对照检查达标率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'union-building.checklist.passed', denominator: 'union-building.checklist.items' },
      },
      definition: '达标项次 ÷ 检查项次',
    },
  ],
  clauses: [
    { text: '{period}对照“八有”要求，已达到{union-building.checklist.eight}。', weight: 90 },
    { text: '{period}对照“五好”标准，已达到{union-building.checklist.five-good}。', weight: 58 },
    { text: '{period}对照“五规范”自查，已达到{union-building.checklist.five-norms}。', weight: 58 },
    {
      text: '{period}对{union-building.checklist.bodies}工会作了建设标准对照检查[，达标率{union-building.checklist.rate}]。',
      weight: 46,
    },
  ],
  sample: {
    date: '2025-10-15',
    standard: '八有',
    body: '柳湾村工会',
    item: '有阵地',
    done: '是',
    evidence: '村文化礼堂二楼活动室',
  },
})

/** Demonstration unions: where a standard is tried first. */
export const demonstration = register({
  id: 'union-building.demonstration',
  title: '工会示范点',
  domain: 'ZZ',
  mechanisms: ['ZZ-18'],
  help: '每个示范点每年一行。',
  dateLabel: '确定（核对）日期',
  fields: [
    field.text('body', '示范点名称', { required: true, dim: true, key: true }),
    field.choice('kind', '类型', ['村级', '社区', '企业', '机关', '学校'], { required: true }),
    field.choice('stage', '进展', ['建设中', '已验收'], { required: true }),
  ],
  metrics: [
    {
      id: 'union-building.demonstration.count',
      label: '工会示范点数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record' },
    },
    {
      id: 'union-building.demonstration.villages',
      label: '村级工会示范点数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { kind: '村级' } },
    },
    {
      id: 'union-building.demonstration.accepted',
      label: '已验收工会示范点数',
      unit: '个',
      aggregate: { distinct: { dim: 'body' }, of: 'record', where: { stage: '已验收' } },
    },
  ],
  clauses: [
    {
      text: '{period}在{list:body}开展工会示范点建设，示范点{union-building.demonstration.count}[，其中村级{union-building.demonstration.villages}][，已验收{union-building.demonstration.accepted}]。',
      weight: 80,
    },
  ],
  sample: { date: '2025-02-26', body: '柳湾村工会', kind: '村级', stage: '建设中' },
})
