import { share, weighted, type Event, type Plans } from '../plan.ts'

export const people: Plans = {
  'women.health-check': {
    events: [
      [
        '06-08',
        '女职工妇科检查',
        { kind: '妇科检查', clinic: '县妇幼保健院', committee: '公司女职工委员会', daysHeld: 8, cost: 168000 },
      ],
    ],
    lasts: 12,
    lines: { who: 'women', all: true, values: { done: share(95) } },
  },
  'women.contract': {
    events: [
      ['03-25', '女职工权益保护专项集体合同', { kind: '签订专项合同', problems: undefined, mended: undefined }],
      ['06-18', '专项合同履约检查', { kind: '履约检查', problems: 2, mended: 2 }],
      ['10-12', '女职工劳动保护检查', { kind: '劳动保护检查', problems: 3, mended: 3 }],
      ['03-10', '参加工资集体协商', { kind: '参与平等协商', problems: undefined, mended: undefined }],
    ],
    values: { company: '云砺机械有限公司', inspector: 'women' },
  },
  'women.event': {
    events: [
      ['03-07', '三八节健步走', { kind: '三八节活动', place: '滨河步道', cost: 5200 }, 360],
      ['03-08', '“书香润心”读书会', { kind: '三八节活动', place: '总厂职工书屋', cost: 1200 }, 68],
      ['04-18', '女工干部培训', { kind: '女工干部培训', cost: 2600 }, 36],
      ['05-15', '更年期保健讲座', { kind: '健康讲座', cost: 800 }, 110],
      ['06-20', '女职工跳绳比赛', { kind: '文体比赛', cost: 1800 }, 84],
      ['09-12', '最美家庭分享会', { kind: '家庭文明建设', cost: 1600 }, 56],
      ['10-24', '秋日外出参观', { kind: '外出参观', place: '古镇', cost: 6800 }, 62],
    ],
    values: { place: '职工之家' },
    lines: { who: 'women', values: { done: share(92) } },
  },
  'women.emulation': {
    many: 22,
    at: 'union',
    titles: ['计量室岗位创新', '护理技能达标', '食堂明厨亮灶', '《女职工心理关爱调研》', '财务结算竞赛', '幼教公开课'],
    values: {
      kind: weighted({ 四赛四比: 3, 岗位创新: 4, 成才达标: 3, 双文明建功: 2, 学习论文: 2 }),
      person: 'women',
      team: undefined,
      result: weighted({ 参赛: 4, 先进个人: 3, 能手: 3, 达标: 3, '岗位（标兵岗）': 1, 获奖: 2 }),
    },
  },
  'women.care': {
    events: [
      ['03-06', '发放女职工卫生保健用品', { kind: '卫生保健用品', cost: 42000 }, 420],
      ['07-16', '看望生育女职工', { kind: '探病访故', cost: 3600 }, 12],
      ['08-12', '单亲女职工暑期帮扶', { kind: '济困扶弱', cost: 6800 }, 18],
      ['10-10', '家庭纠纷上门调解', { kind: '家庭纠纷调解', cost: undefined }, 2],
    ],
    lines: { who: 'women' },
  },
  'women.family-planning': {
    events: [
      ['05-10', '春季孕检', { kind: '孕检', boxes: undefined }, 60],
      ['07-02', '计划生育工作例会', { kind: '例会', boxes: undefined }, 16],
      ['09-20', '避孕药具发放', { kind: '药具发放', boxes: 320 }, 30],
    ],
    lines: { who: 'women' },
  },
  'retirees.visit': {
    events: [
      ['01-26', '春节走访离退休人员', { festival: '春节' }, 92],
      ['06-28', '“七一”走访老党员', { festival: '七一' }, 36],
      ['10-19', '重阳节走访高龄老人', { festival: '重阳' }, 58],
    ],
    values: { ledBy: ['单位领导', '工会主席', '退管干部'] },
    lines: {
      values: {
        status: weighted({ 退休: 12, 离休: 1 }),
        form: weighted({ 上门走访: 6, 集中慰问: 3, 电话问候: 1 }),
        amount: [undefined, 200, 300],
        gift: '米面油一份',
        giftValue: 120,
        opinion: ['希望活动室延长开放', '希望班车在医院设站', undefined, undefined],
      },
    },
  },
  'retirees.activity': {
    events: [
      ['01-20', '新春团拜会', { kind: '新春团拜', form: '联欢', cost: 6800 }, 160],
      ['04-18', '春游', { kind: '春秋游', form: '参观', place: '湿地公园', cost: 9600 }, 120],
      ['06-29', '老干部“七一”座谈会', { kind: '“七一”座谈会', form: '座谈', cost: 1600 }, 46],
      ['10-19', '重阳节联欢', { kind: '重阳（老年）节活动', form: '联欢', cost: 8600 }, 210],
    ],
    values: { place: '离退休活动中心' },
    lines: { values: { status: weighted({ 退休: 14, 离休: 1 }), invited: true, done: share(86) } },
  },
  'retirees.group-meeting': {
    events: ['03-20', '06-19', '09-18', '11-13'].map((when, at): Event => [
      when,
      `${['一', '二', '三', '四'][at]}季度退休小组长会`,
      {},
      12,
    ]),
    values: { place: '离退休活动中心' },
    lines: {
      values: {
        group: ({ at }) => `第${at + 1}小组`,
        topic: weighted({ 无: 3, 医疗: 3, 活动: 2, 待遇: 2, 居家照料: 1 }),
        need: ({ values, draw }) =>
          values['topic'] === '无'
            ? undefined
            : draw.pick(['希望增加血压测量点', '希望活动室换新桌椅', '希望体检时间提前通知']),
        answered: ({ values, draw }) => (values['topic'] === '无' ? undefined : draw.chance(0.94)),
      },
    },
  },
  'retirees.group-support': {
    many: 14,
    at: 'union',
    titles: ['春游', '重阳节聚会', '书画交流', '秋季采风', '健步走'],
    values: { group: ['第一小组', '第二小组', '第三小组', '第四小组', '第五小组', '第六小组'] },
    lines: {
      rows: [
        { item: '车辆', quantity: 1, cost: 900 },
        { item: '饮水', quantity: 4, cost: 120 },
        { item: '午餐', quantity: 26, cost: 780 },
      ],
    },
  },
  'retirees.gift': {
    events: [
      ['05-06', '园艺博览会门票', { kind: '门票' }, 260],
      ['09-10', '中秋节日物品', { kind: '节日物品' }],
    ],
    lines: { all: true, values: { done: share(97), value: ({ values }) => (values['kind'] === '门票' ? 60 : 120) } },
  },
  'retirees.farewell': {
    many: 34,
    at: 'branch',
    who: 'retired',
    values: {
      done: share(97),
      party: ({ values, draw }) => !!values['done'] && draw.chance(0.9),
      flowers: ({ values }) => !!values['done'],
      escorted: ({ values, draw }) => !!values['done'] && draw.chance(0.8),
      screen: share(60),
      gift: '纪念相册',
      cost: [180, 220, 260],
    },
  },
  'retirees.health-talk': {
    events: [
      ['05-12', '老年人心脑血管保健', {}, 68],
      ['10-14', '冬季慢病管理', {}, 60],
    ],
    values: { lecturer: '主任医师', hospital: '县中心医院' },
    lines: { values: { status: '退休', help: weighted({ 听讲: 7, 现场解答: 3, 当场诊治: 2, 电话随访: 1 }) } },
  },
  'retirees.contest': {
    events: [
      ['05-24', '县老年门球赛', { team: '门球队', level: '县区', rank: 2, award: '亚军' }, 8],
      ['09-22', '市老干部合唱比赛', { team: '老干部合唱团', level: '市', rank: 1, award: '冠军' }, 32],
      ['10-16', '县老年太极拳展演', { team: '太极拳队', level: '县区', rank: 3, award: '三等奖' }, 16],
    ],
    lines: { values: { role: '队员' } },
  },
  'retirees.venue': {
    events: [['03-02', '东区退休职工活动室', { kind: '活动室', address: '东区家属院三号楼', area: 120 }]],
    lines: {
      rows: [
        { item: '棋牌桌', quantity: 6, cost: 3600 },
        { item: '饮水机', quantity: 2, cost: 1200 },
        { item: '书柜', quantity: 3, cost: 2400 },
      ],
    },
  },
  'retirees.benefit': {
    events: [
      ['03-16', '提高退休职工体检标准', { kind: '待遇协调', topic: '体检', result: '已提高', body: '行政办公会' }],
      ['07-03', '增加活动经费', { kind: '待遇协调', topic: '活动经费', result: '协调中', body: '财务部' }],
      ['11-10', '退管工作年度评价', { kind: '上级评价', topic: undefined, result: '优秀', body: '县老干部部门' }],
    ],
  },
}
