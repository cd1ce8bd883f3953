import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const team = counting('activities.team', 'line')
/** Teams, associations and clubs: what exists, who is in it, what was newly set up. */
export const teams = register({
  id: 'activities.team',
  title: '文体队伍与协会',
  domain: 'WT',
  mechanisms: ['WT-02', 'WT-03', 'WT-04', 'WT-06', 'WT-26'],
  help: '本年在册的每支队伍（协会）一条，成员一行一人；成员可以不填。',
  dateLabel: '登记日期',
  titleLabel: '队伍（协会）名称',
  fields: [
    field.choice('kind', '类别', ['业余队伍', '文体协会', '联谊会', '合唱团、艺术团', '骨干队伍'], { required: true }),
    field.choice(
      'speciality',
      '项目',
      [
        '足球',
        '篮球',
        '排球',
        '田径',
        '乒乓球',
        '羽毛球',
        '棋牌',
        '太极拳',
        '健身健美',
        '舞蹈',
        '合唱',
        '书画',
        '摄影',
        '集邮',
        '跳绳',
        '其他',
      ],
      { open: true },
    ),
    field.yesno('isNew', '本年新成立', { required: true }),
    field.yesno('active', '本年开展了活动', { required: true }),
    field.person('leader', '负责人'),
  ],
  lines: { title: '成员', fields: [field.person('person', '姓名', { required: true })] },
  metrics: [
    team.records('count', '文体队伍和协会数', '支'),
    team.records('teams', '业余文体队伍数', '支', { kind: '业余队伍' }),
    team.records('associations', '文体协会数', '个', { kind: '文体协会' }),
    team.records('active-associations', '开展活动的文体协会数', '个', { kind: '文体协会', active: '是' }),
    team.records('fresh', '新成立队伍（协会）数', '支', { isNew: '是' }),
    team.records('choirs', '合唱团、艺术团数', '个', { kind: '合唱团、艺术团' }),
    team.records('circles', '联谊会数', '个', { kind: '联谊会' }),
    team.records('backbone', '文体骨干队伍数', '支', { kind: '骨干队伍' }),
    team.people('members', '文体队伍和协会成员人数'),
  ],
  clauses: [
    {
      text: '{period}，在册业余文体队伍{activities.team.teams}[，文体协会{activities.team.associations}][，其中本年新成立{activities.team.fresh}][，成员{activities.team.members}]；项目有{list:speciality}。',
      weight: 75,
    },
    { text: '{period}，{activities.team.active-associations}文体协会开展了活动。', weight: 72 },
    {
      text: '{period}，组建合唱团、艺术团{activities.team.choirs}[，联谊会{activities.team.circles}][，文体骨干队伍{activities.team.backbone}]。',
      weight: 55,
    },
  ],
  sample: {
    date: '2026-01-10',
    title: '职工羽毛球队',
    kind: '业余队伍',
    speciality: '羽毛球',
    isNew: '否',
    active: '是',
    leader: '段晓峰',
    person: '沈佳',
  },
})

const session = counting('activities.training-session')
/** Regular training of teams, hobby classes: one row per session. */
export const trainingSessions = register({
  id: 'activities.training-session',
  title: '协会训练与兴趣班',
  domain: 'WT',
  mechanisms: ['WT-05'],
  help: '每次训练或开课一行。',
  dateLabel: '日期',
  fields: [
    field.text('team', '队伍、协会或班名', { required: true, dim: true }),
    field.choice('kind', '类别', ['协会训练', '兴趣班'], { required: true }),
    field.text('coach', '教练（老师）'),
  ],
  metrics: [
    session.records('count', '训练和开课次数', '次'),
    session.records('training', '协会训练次数', '次', { kind: '协会训练' }),
    session.records('classes', '兴趣班开课次数', '次', { kind: '兴趣班' }),
    session.kinds('class-kinds', '兴趣班个数', '个', 'team', { kind: '兴趣班' }),
    session.every('weekly', '协会每周训练次数', 'week', { kind: '协会训练' }),
    session.every('classes-weekly', '兴趣班每周开课次数', 'week', { kind: '兴趣班' }),
  ],
  clauses: [
    {
      text: '{period}组织协会训练{activities.training-session.training}[，坚持每周训练{activities.training-session.weekly#}次]。',
      weight: 46,
    },
    {
      text: '{period}，开办兴趣班{activities.training-session.class-kinds}，开课{activities.training-session.classes}。',
      weight: 45,
    },
  ],
  sample: { date: '2026-03-04', team: '跳绳协会', kind: '协会训练', coach: '外聘教练' },
})
