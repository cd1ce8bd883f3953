import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const individual = counting('hardship.case')
export const cases = register({
  id: 'hardship.case',
  title: '特殊个案帮扶',
  domain: 'BF',
  mechanisms: ['BF-28'],
  help: '一名职工的一件难事登记一行，办结后填写结果。',
  dateLabel: '受理日期',
  endDateLabel: '办结日期',
  confidential: true,
  fields: [
    field.person('person', '职工姓名', { required: true, aliases: ['姓名'] }),
    field.choice('matter', '帮扶事项', ['子女入学', '家庭纠纷调解', '就业', '就医', '住房', '其他'], {
      required: true,
    }),
    field.longtext('story', '情况'),
    field.longtext('action', '采取的办法'),
    field.choice('result', '结果', ['已解决', '办理中', '未能解决'], { required: true }),
    field.choice('handler', '承办', ['工会', '女职工委员会', '调解组织', '分会']),
  ],
  metrics: [
    individual.records('cases', '特殊个案帮扶', '件'),
    individual.people('people', '个案帮扶职工人数'),
    individual.records('solved', '已解决个案', '件', { result: '已解决' }),
    individual.rate('solved-rate', '个案解决率', 'solved', 'cases', '已解决个案占受理个案。'),
    individual.records('schooling', '子女入学帮扶', '件', { matter: '子女入学' }),
    individual.records('family', '家庭纠纷调解', '件', { matter: '家庭纠纷调解' }),
  ],
  clauses: [
    {
      text: '{period}，办理职工个案帮扶{hardship.case.cases}、涉及{hardship.case.people}[，已解决{hardship.case.solved}][，其中子女入学{hardship.case.schooling}][，家庭纠纷调解{hardship.case.family}]。',
      weight: 52,
    },
  ],
  sample: {
    date: '2026-06-08',
    endDate: '2026-07-02',
    person: '何凤英',
    matter: '子女入学',
    story: '退休后儿子入读卫校遇到困难',
    action: '与学校联系，协助补齐材料',
    result: '已解决',
    handler: '女职工委员会',
  },
})

const cover = counting('hardship.cover', 'line')
export const covers = register({
  id: 'hardship.cover',
  title: '岗位互助',
  domain: 'BF',
  mechanisms: ['BF-27'],
  help: '同事因伤病离岗，别人自愿代班代课：一次离岗为一条，每人代一次班一行。',
  dateLabel: '开始日期',
  endDateLabel: '结束日期',
  titleLabel: '互助事项',
  fields: [
    field.choice('reason', '离岗原因', ['受伤', '生病', '生育', '家庭变故', '其他'], { required: true }),
    field.text('absentee', '离岗职工', { sensitive: true }),
  ],
  lines: {
    title: '代班人员',
    fields: [
      field.person('person', '代班职工', { required: true, aliases: ['姓名'] }),
      field.date('workedOn', '代班日期'),
      field.integer('hours', '代班课时（小时）', { min: 1 }),
    ],
  },
  metrics: [
    cover.records('cases', '岗位互助', '起'),
    cover.people('helpers', '参加岗位互助职工人数'),
    cover.lines('times', '岗位互助人次', '人次'),
    cover.sum('hours', '岗位互助课时', '小时', 'hours'),
  ],
  clauses: [
    {
      text: '{period}，同事因伤病等离岗后，职工自愿代班代课{hardship.cover.times}、参加的有{hardship.cover.helpers}[，代班{hardship.cover.hours}]。',
      weight: 42,
    },
  ],
  sample: {
    date: '2026-04-13',
    title: '语文组代课',
    reason: '受伤',
    absentee: '周丽',
    person: '钱秀英',
    workedOn: '2026-04-14',
    hours: '2',
  },
})

const station = counting('hardship.station')
export const stations = register({
  id: 'hardship.station',
  title: '帮扶站建设',
  domain: 'BF',
  mechanisms: ['BF-26'],
  help: '帮扶站建设的每一步登记一行：选址、配人、购置设备、验收、挂牌。',
  fields: [
    field.text('station', '帮扶站名称', { required: true, dim: true }),
    field.choice('step', '建设步骤', ['选址', '配备人员', '购置设备', '验收', '挂牌启用'], { required: true }),
    field.integer('round', '第几次验收', { min: 1, max: 9 }),
    field.choice('result', '结果', ['已完成', '进行中', '通过', '未通过'], { required: true }),
    field.text('item', '设备或人员'),
    field.money('cost', '支出（元）'),
    field.text('inspector', '验收单位'),
  ],
  metrics: [
    station.kinds('stations', '建设中的帮扶站', '个', 'station'),
    station.kinds('opened', '挂牌启用的帮扶站', '个', 'station', { step: '挂牌启用' }),
    station.records('steps', '帮扶站完成的建设步骤', '项', { result: ['已完成', '通过'] }),
    station.records('acceptances', '帮扶站验收次数', '次', { step: '验收' }),
    station.kinds('passed', '通过验收的帮扶站', '个', 'station', { step: '验收', result: '通过' }),
    station.stated('round', '帮扶站验收轮次', '次', 'round', { step: '验收' }),
    station.money('cost', '帮扶站建设支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}，建设帮扶站{hardship.station.stations}，完成建设步骤{hardship.station.steps}[，接受验收{hardship.station.acceptances}][，通过验收{hardship.station.passed}][，挂牌启用{hardship.station.opened}][，支出{hardship.station.cost}]。',
      weight: 54,
    },
  ],
  sample: {
    date: '2026-06-20',
    station: '园区职工帮扶站',
    step: '验收',
    round: '2',
    result: '通过',
    inspector: '市总工会',
  },
})
