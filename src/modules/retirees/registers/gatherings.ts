import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import type { Metric } from '../../../kernel/register/declaration.ts'

const DONE = { done: '是' }

const activity = counting('retirees.activity', 'line')
const TEACHERS_DAY = '教师节返校'
const DOUBLE_NINTH = '重阳（老年）节活动'
const JULY_FIRST = '“七一”座谈会'

/** Held, due, came, share: for each occasion that reports name. */
const occasion = (name: string, label: string, kind: string): Metric[] => [
  activity.records(`${name}-times`, `${label}次数`, '次', { kind }),
  activity.people(`${name}-due`, `${label}应到人数`, { kind }),
  activity.people(`${name}-people`, `${label}参加人数`, { ...DONE, kind }),
  activity.rate(`${name}-coverage`, `${label}参加率`, `${name}-people`, `${name}-due`, '参加的离退休人员占名单人数。'),
]

export const activities = register({
  id: 'retirees.activity',
  title: '离退休人员活动',
  domain: 'TG',
  mechanisms: ['TG-04', 'TG-05', 'TG-09'],
  help: '一次活动一条；应邀请的离退休人员全部列入，一人一行，分别填写是否已邀请、是否参加。',
  dateLabel: '活动日期',
  titleLabel: '活动名称',
  fields: [
    field.choice('kind', '活动类别', [TEACHERS_DAY, DOUBLE_NINTH, JULY_FIRST, '春秋游', '新春团拜', '其他'], {
      required: true,
    }),
    field.choice('form', '形式', ['参观', '座谈', '聚餐', '报告会', '红色旅游', '联欢', '其他']),
    field.text('place', '地点'),
    field.money('cost', '支出（元）'),
  ],
  lines: {
    title: '邀请名单',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('status', '身份', ['退休', '离休', '离岗'], { required: true }),
      field.yesno('invited', '已邀请', { required: true }),
      field.yesno('done', '已参加', { required: true }),
    ],
  },
  metrics: [
    activity.records('activities', '离退休人员活动次数', '次'),
    activity.lines('times', '离退休人员参加活动人次', '人次', DONE),
    activity.people('people', '参加活动的离退休人员', DONE),
    activity.people('due', '活动名单上的离退休人员'),
    activity.rate('coverage', '离退休人员活动参加率', 'people', 'due', '参加过活动的占名单人数。'),
    activity.money('cost', '离退休人员活动支出', 'cost'),
    ...occasion('teachers-day', '教师节返校', TEACHERS_DAY),
    activity.people('teachers-day-invited', '教师节返校已邀请人数', { kind: TEACHERS_DAY, invited: '是' }),
    activity.rate(
      'teachers-day-invitation',
      '教师节返校邀请覆盖率',
      'teachers-day-invited',
      'teachers-day-due',
      '已邀请的退休人员占名单人数。',
    ),
    ...occasion('double-ninth', '重阳节活动', DOUBLE_NINTH),
    activity.records('red-trips', '离退休人员红色旅游次数', '次', { form: '红色旅游' }),
    ...occasion('july-first', '“七一”座谈会', JULY_FIRST),
  ],
  clauses: [
    {
      text: '{period}，组织离退休人员活动{retirees.activity.activities}，参加{retirees.activity.people}、{retirees.activity.times}[，支出{retirees.activity.cost}][，其中红色旅游{retirees.activity.red-trips}]。',
      weight: 70,
    },
    {
      text: '{period}，教师节邀请退休教师返校，应邀{retirees.activity.teachers-day-due}，已邀请{retirees.activity.teachers-day-invited}，邀请覆盖率{retirees.activity.teachers-day-invitation}[，到校{retirees.activity.teachers-day-people}]。',
      weight: 82,
    },
    {
      text: '{period}，重阳节组织离退休人员活动，应到{retirees.activity.double-ninth-due}，参加{retirees.activity.double-ninth-people}，参加率{retirees.activity.double-ninth-coverage}。',
      weight: 81,
    },
    {
      text: '{period}，召开离退休干部“七一”座谈会{retirees.activity.july-first-times}，参加{retirees.activity.july-first-people}。',
      weight: 75,
    },
  ],
  sample: {
    date: '2026-10-19',
    title: '重阳节参观',
    kind: DOUBLE_NINTH,
    form: '参观',
    place: '跨江大桥',
    cost: '2800',
    person: '钱秀英',
    status: '退休',
    invited: '是',
    done: '是',
  },
})

const groupMeeting = counting('retirees.group-meeting', 'line')
export const groupMeetings = register({
  id: 'retirees.group-meeting',
  title: '退休工会小组长会议',
  domain: 'TG',
  mechanisms: ['TG-01'],
  help: '一次会议一条，到会的小组长一人一行，反映的需求写在各人行里。',
  dateLabel: '会议日期',
  titleLabel: '会议名称',
  fields: [field.text('place', '地点')],
  lines: {
    title: '到会小组长',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.text('group', '退休工会小组', { required: true, dim: true }),
      field.choice('topic', '反映的需求', ['无', '医疗', '待遇', '活动', '居家照料', '其他'], { required: true }),
      field.text('need', '需求内容'),
      field.yesno('answered', '已答复'),
    ],
  },
  metrics: [
    groupMeeting.records('meetings', '退休工会小组长会议', '次'),
    groupMeeting.kinds('groups', '到会的退休工会小组', '个', 'group'),
    groupMeeting.people('leaders', '到会退休工会小组长人数'),
    groupMeeting.lines('needs', '退休人员反映的需求', '条', { topic: ['医疗', '待遇', '活动', '居家照料', '其他'] }),
    groupMeeting.lines('answered', '已答复的退休人员需求', '条', { answered: '是' }),
    groupMeeting.every('every', '退休工会小组长会议频次', 'quarter'),
  ],
  clauses: [
    {
      text: '{period}，召开退休工会小组长会议{retirees.group-meeting.meetings}[，到会小组{retirees.group-meeting.groups}][，收集需求{retirees.group-meeting.needs}][，已答复{retirees.group-meeting.answered}]。',
      weight: 68,
    },
  ],
  sample: {
    date: '2026-03-20',
    title: '一季度小组长会',
    place: '退休活动室',
    person: '钱秀英',
    group: '第三小组',
    topic: '医疗',
    need: '希望增加血压测量点',
    answered: '是',
  },
})

const talk = counting('retirees.health-talk', 'line')
export const healthTalks = register({
  id: 'retirees.health-talk',
  title: '离退休健康讲座与咨询',
  domain: 'TG',
  mechanisms: ['TG-10'],
  help: '一场讲座一条，到场的人一人一行；当场诊治、解答或会后随访的注明。不要填写病情。',
  titleLabel: '讲座题目',
  fields: [field.text('lecturer', '主讲人'), field.text('hospital', '主讲单位', { dim: true })],
  lines: {
    title: '到场人员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('status', '身份', ['离休', '退休', '离岗']),
      field.choice('help', '得到的服务', ['听讲', '当场诊治', '现场解答', '电话随访'], { required: true }),
    ],
  },
  metrics: [
    talk.records('talks', '离退休健康讲座', '场'),
    talk.people('people', '听健康讲座的离退休人员'),
    talk.lines('times', '健康讲座到场人次', '人次'),
    talk.people('treated', '讲座当场诊治人数', { help: '当场诊治' }),
    talk.people('answered', '讲座现场解答人数', { help: '现场解答' }),
    talk.people('followed', '讲座会后随访人数', { help: '电话随访' }),
  ],
  clauses: [
    {
      text: '{period}，举办离退休健康讲座{retirees.health-talk.talks}，听讲{retirees.health-talk.people}[，当场诊治{retirees.health-talk.treated}][，现场解答{retirees.health-talk.answered}][，会后电话随访{retirees.health-talk.followed}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2026-05-12',
    title: '老年人心脑血管保健',
    lecturer: '副院长讲师',
    hospital: '县人民医院',
    person: '郑宏伟',
    status: '退休',
    help: '现场解答',
  },
})

const result = counting('retirees.contest', 'line')
export const contests = register({
  id: 'retirees.contest',
  title: '老干部文艺体育参赛',
  domain: 'TG',
  mechanisms: ['TG-11'],
  help: '一支队伍参加一次比赛为一条，队员一人一行。',
  dateLabel: '比赛日期',
  titleLabel: '赛事名称',
  fields: [
    field.choice('team', '队伍', ['老干部合唱团', '戏迷票友会', '太极拳队', '门球队', '舞蹈队'], {
      required: true,
      open: true,
      key: true,
    }),
    field.choice('level', '赛事级别', ['本单位', '县区', '市', '省', '全国', '行业系统']),
    field.integer('rank', '获得名次', { min: 1, max: 99 }),
    field.choice(
      'award',
      '获得奖项',
      ['冠军', '亚军', '季军', '特等奖', '一等奖', '二等奖', '三等奖', '优秀奖', '组织奖', '未获奖'],
      {
        open: true,
      },
    ),
  ],
  lines: {
    title: '队员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('role', '角色', ['队员', '领队', '指导']),
    ],
  },
  metrics: [
    result.records('contests', '老干部参加比赛', '项次'),
    result.recordKinds('teams', '参赛的老干部队伍', '支', 'team'),
    result.people('people', '参赛老干部人数'),
    result.records('awards', '老干部比赛获奖', '项', {
      award: ['冠军', '亚军', '季军', '特等奖', '一等奖', '二等奖', '三等奖', '优秀奖', '组织奖'],
    }),
    result.records('champions', '老干部比赛冠军', '项', { award: '冠军' }),
    result.stated('rank', '老干部比赛名次', '名次', 'rank'),
  ],
  clauses: [
    {
      text: '{period}，老干部队伍{retirees.contest.teams}参加比赛{retirees.contest.contests}[，上场{retirees.contest.people}][，获奖{retirees.contest.awards}][，其中冠军{retirees.contest.champions}]。',
      weight: 58,
    },
    { text: '{field:team}在“{title}”中获得第{retirees.contest.rank#}名。', each: { max: 6 }, weight: 57 },
  ],
  sample: {
    date: '2026-09-22',
    title: '全市老干部合唱比赛',
    team: '老干部合唱团',
    level: '市',
    rank: '2',
    award: '亚军',
    person: '郑宏伟',
    role: '队员',
  },
})
