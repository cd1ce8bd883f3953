import { field, register } from '../../../kernel/register/declaration.ts'

/** Meetings around the congress: preparatory ones, listening meetings, report-backs, notices of major matters. */
export const meeting = register({
  id: 'congress.meeting',
  title: '民主管理会议',
  domain: 'DM',
  mechanisms: ['DM-06', 'DM-25', 'DM-26', 'DM-37', 'DM-49'],
  help: '每次会议一条记录，每位参会人占一行；参会人发表意见的写明意见内容。',
  titleLabel: '会议主题',
  fields: [
    field.choice(
      'kind',
      '会议种类',
      ['职代会预备会', '听取意见座谈会', '工会工作报告会', '学生家长会', '家长委员列席会议', '代表团长联席会议'],
      { required: true },
    ),
    field.text('draft', '讨论的文件', { dim: true }),
    field.text('place', '地点'),
  ],
  lines: {
    title: '参会人员',
    fields: [
      field.person('attendee', '参会人', { required: true }),
      field.yesno('spoke', '是否提出意见'),
      field.longtext('opinion', '意见内容'),
    ],
  },
  metrics: [
    { id: 'congress.meeting.count', label: '民主管理会议次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'congress.meeting.preparatory',
      label: '职代会预备会次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '职代会预备会' } },
    },
    {
      id: 'congress.meeting.listening',
      label: '听取意见座谈会次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '听取意见座谈会' } },
    },
    {
      id: 'congress.meeting.report-backs',
      label: '工会工作报告会次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '工会工作报告会' } },
    },
    {
      id: 'congress.meeting.parents',
      label: '学生家长会次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '学生家长会' } },
    },
    {
      id: 'congress.meeting.parent-committee',
      label: '家长委员列席学校重大会议次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '家长委员列席会议' } },
    },
    {
      id: 'congress.meeting.attendances',
      label: '民主管理会议参加人次',
      unit: '人次',
      aggregate: { sum: 'line' },
    },
    {
      id: 'congress.meeting.listening-attendances',
      label: '座谈会参加人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { kind: '听取意见座谈会' } },
    },
    {
      id: 'congress.meeting.opinions',
      label: '会上提出意见人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { spoke: '是' } },
    },
  ],
  clauses: [
    { text: '{period}为筹备大会召开预备会{congress.meeting.preparatory}。', weight: 82 },
    {
      text: '{period}召开听取意见座谈会{congress.meeting.listening}[，参加{congress.meeting.listening-attendances}]。',
      weight: 60,
    },
    { text: '{period}各类民主管理会议上共有{congress.meeting.opinions}提出意见建议。', weight: 45 },
    { text: '{period}举行工会工作报告会{congress.meeting.report-backs}，当面听取职工对工会工作的意见。', weight: 58 },
    {
      text: '{period}召开学生家长会{congress.meeting.parents}。',
      weight: 50,
    },
    { text: '{period}家长委员列席学校重大会议{congress.meeting.parent-committee}。', weight: 48 },
  ],
  sample: {
    date: '2025-05-20',
    title: '食堂管理座谈会',
    kind: '听取意见座谈会',
    place: '三楼会议室',
    attendee: '贺小满',
    spoke: '是',
    opinion: '建议延长夜班供餐时间',
  },
})
