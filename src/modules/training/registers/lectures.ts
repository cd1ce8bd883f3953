import { field, register } from '../../../kernel/register/declaration.ts'

/** Lectures by model workers and other guests. */
export const lecture = register({
  id: 'training.lecture',
  title: '先进事迹报告会',
  domain: 'SZ',
  mechanisms: ['SZ-13'],
  help: '每场报告会一条记录，每位听讲人占一行；不逐一记名的可不填明细。',
  dateLabel: '报告日期',
  titleLabel: '报告题目',
  fields: [
    field.text('speaker', '报告人', { required: true, dim: true }),
    field.choice('honour', '报告人荣誉', ['全国级', '省级', '市级', '本单位', '无']),
  ],
  lines: { title: '听讲人', fields: [field.person('listener', '听讲人姓名', { required: true })] },
  metrics: [
    { id: 'training.lecture.count', label: '先进事迹报告会场次', unit: '场', aggregate: { sum: 'record' } },
    {
      id: 'training.lecture.speakers',
      label: '邀请报告人数',
      unit: '位',
      aggregate: { distinct: { dim: 'speaker' }, of: 'record' },
    },
    { id: 'training.lecture.attendances', label: '先进事迹报告会听讲人次', unit: '人次', aggregate: { sum: 'line' } },
  ],
  clauses: [
    {
      text: '{period}举办先进事迹报告会{training.lecture.count}[，邀请报告人{training.lecture.speakers}][，听讲{training.lecture.attendances}]。',
      weight: 64,
    },
  ],
  sample: {
    date: '2025-08-30',
    title: '三尺讲台三十年',
    speaker: '谷知秋',
    honour: '省级',
    listener: '方若兰',
  },
})

/** Speech contests. */
export const speech = register({
  id: 'training.speech',
  title: '演讲比赛',
  domain: 'SZ',
  mechanisms: ['SZ-19'],
  help: '每场比赛一条记录，每位选手占一行。',
  dateLabel: '比赛日期',
  titleLabel: '比赛名称',
  fields: [
    field.choice('theme', '主题', ['师德', '廉政', '节能环保', '安全', '爱国敬业', '其他'], {
      required: true,
      open: true,
    }),
  ],
  lines: {
    title: '选手',
    fields: [
      field.person('speaker', '选手姓名', { required: true }),
      field.integer('rank', '名次', { min: 1, max: 9999 }),
      field.choice('award', '奖项', ['一等奖', '二等奖', '三等奖', '优秀奖', '未获奖'], { required: true }),
    ],
  },
  metrics: [
    { id: 'training.speech.count', label: '演讲比赛场次', unit: '场', aggregate: { sum: 'record' } },
    {
      id: 'training.speech.speakers',
      label: '参加演讲比赛人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'training.speech.winners',
      label: '演讲比赛获奖人数',
      unit: '名',
      aggregate: { distinct: 'person', of: 'line', where: { award: ['一等奖', '二等奖', '三等奖', '优秀奖'] } },
    },
  ],
  clauses: [
    {
      text: '{period}组织和参加演讲比赛{training.speech.count}（主题为{list:theme}）[，参赛选手{training.speech.speakers}][，其中获奖{training.speech.winners}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2025-09-06',
    title: '师德演讲比赛',
    theme: '师德',
    speaker: '方若兰',
    rank: '2',
    award: '二等奖',
  },
})
