import { edition, share, weighted, type Plans } from '../plan.ts'

export const learning: Plans = {
  'training.study': {
    many: 168,
    titles: [
      '安全生产法修订要点',
      '班前会质量提升',
      '职代会精神',
      '集体合同条款解读',
      '先进班组经验',
      '公司年度工作会议精神',
      '节能降耗知识',
      '工会章程',
    ],
    values: { kind: weighted({ 政治业务学习: 4, 业务学习: 3, 政治学习: 2 }) },
    lines: {
      rows: ['甲班', '乙班', '丙班'].map((group) => ({
        group: ({ place }: { place: string }) => `${place.replace(/分会$/, '')}${group}工会小组`,
      })),
      values: { recorded: share(92), notes: share(48) },
    },
  },
  'training.law-study': {
    many: 10,
    at: 'union',
    values: {
      law: ['工会法', '劳动法', '劳动合同法', '妇女权益保障法', '安全生产法', '民法典'],
      form: weighted({ 讲座: 3, 集中学习: 3, 线上学习: 2 }),
    },
    lines: { many: [36, 90] },
  },
  'training.quiz': {
    events: [
      ['05-28', '工会知识问答考试', { kind: '工会知识问答考试' }, 460],
      ['09-25', '安全知识竞赛', { kind: '知识竞赛' }, 87],
      ['11-04', '民法典知识竞赛', { kind: '知识竞赛' }, 96],
    ],
    lines: {
      values: {
        done: share(95),
        score: ({ values, draw }) => (values['done'] ? draw.between(72, 100) : undefined),
        award: ({ values }) =>
          !values['done']
            ? '未获奖'
            : Number(values['score']) >= 99
              ? '一等奖'
              : Number(values['score']) >= 97
                ? '二等奖'
                : Number(values['score']) >= 95
                  ? '三等奖'
                  : '未获奖',
      },
    },
  },
  'training.course': {
    events: [
      ['02-24', '管理人员履职培训', { kind: '管理人员培训', hours: 24 }, 64],
      ['03-20', '数控编程提高班', { kind: '岗位技能培训', hours: 60 }, 42],
      ['04-16', '焊工取证培训', { kind: '岗位技能培训', hours: 80 }, 38],
      ['05-18', '职业道德专题', { kind: '职业道德培训', hours: 6 }, 120],
      ['07-14', '新员工入职培训第一批', { kind: '新员工入职培训', hours: 32 }, 66],
      ['08-04', '新员工入职培训第二批', { kind: '新员工入职培训', hours: 32 }, 58],
      ['09-15', '液压维修实训', { kind: '岗位技能培训', hours: 48 }, 36],
      ['10-12', '厂纪厂规学习班', { kind: '厂纪厂规培训', hours: 4 }, 96],
      ['10-26', '写作与摄影公益课', { kind: '公益课程', hours: 8 }, 48],
      ['11-05', '农民工技能提升班', { kind: '岗位技能培训', hours: 40 }, 40],
    ],
    lasts: 4,
    values: { provider: '公司培训中心', form: ['集中授课', '现场实训'] },
    lines: {
      values: {
        group: ({ values, person }) =>
          values['kind'] === '新员工入职培训' ? '新入职' : person?.tags?.includes('农民工') ? '农民工' : '在职职工',
        passed: share(97),
      },
    },
  },
  'training.coverage': {
    events: [['11-18', '一线职工培训覆盖核对', { target: 90 }]],
    lines: { who: 'frontline', all: true, values: { done: share(93) } },
  },
  'training.degree': {
    events: [['03-16', '职工学历提升计划', { quotaLow: 20, quotaHigh: 40, target: 45, years: 5 }, 34]],
    lines: {
      who: 'young',
      values: {
        degree: weighted({ 大专: 3, 本科: 5, 硕士研究生: 1 }),
        stage: weighted({ 在读: 6, 毕业: 3 }),
        funding: [1000, 2000, 3000],
      },
    },
  },
  'training.reading': {
    many: 186,
    values: {
      book: weighted({
        '《班组长手记》': 3,
        '《匠人的手》': 4,
        '《平原上的火车》': 2,
        '《安全第一课》': 2,
        '《家书里的工厂》': 2,
      }),
      notes: share(38),
    },
  },
  'training.film': {
    at: 'union',
    many: 6,
    values: { film: ['《大河工匠》', '《炉火正红》', '《守夜人》'], theme: ['工匠精神', '廉洁教育', '安全警示'] },
    lines: { many: [80, 140] },
  },
  'training.campaign': {
    events: [
      ['03-05', '学雷锋主题活动', { kind: '道德与文明创建', step: '学习实践', campaign: '文明职工创建' }, 120],
      ['04-20', '“岗位建新功”动员会', { kind: '创先争优', step: '动员部署', campaign: '岗位建新功' }, 96],
      ['05-06', '岗位公开承诺', { kind: '创先争优', step: '公开承诺', campaign: '岗位建新功' }, 160],
      ['06-24', '知识型职工评选', { kind: '学习型组织创建', step: '总结评比', campaign: '学习型班组' }, 40],
      ['10-30', '文明职工点评会', { kind: '道德与文明创建', step: '点评会', campaign: '文明职工创建' }, 62],
    ],
    lines: {
      values: {
        body: ({ person }) => person?.branchName,
        result: ({ values, draw }) =>
          values['step'] === '总结评比'
            ? '知识型职工'
            : values['kind'] === '道德与文明创建' && draw.chance(0.15)
              ? '文明职工'
              : '参加',
      },
    },
  },
  'training.nomination': {
    events: [
      ['06-26', '“身边的榜样”推选', { theme: '岗位建新功' }, 38],
      ['10-14', '优秀班组长推选', { theme: '班组建设' }, 32],
    ],
    lines: { values: { selected: share(32) } },
  },
  'training.lecture': {
    events: [
      ['04-30', '炉前四十年', { speaker: '秦永福', honour: '省级' }, 180],
      ['09-30', '把一件事做到底', { speaker: '沈惠玲', honour: '市级' }, 150],
      ['11-12', '从学徒到首席员工', { speaker: '谭志刚', honour: '本单位' }, 120],
    ],
  },
  'training.speech': {
    events: [
      ['05-30', '“我为安全代言”演讲比赛', { theme: '安全' }, 24],
      ['09-26', '“奋斗的青春”演讲比赛', { theme: '爱国敬业' }, 28],
    ],
    lines: {
      values: {
        rank: ({ at }) => at + 1,
        award: ({ at }) => (at < 1 ? '一等奖' : at < 3 ? '二等奖' : at < 6 ? '三等奖' : '优秀奖'),
      },
    },
  },
  'training.culture': {
    events: [['02-20', '年度企业文化建设方案']],
    lines: {
      rows: [
        '编印班组故事集',
        '更新厂史展厅',
        '制作企业文化手册',
        '开设“匠心课堂”',
        '拍摄职工微视频',
        '整理企业老照片',
      ].map((task) => ({
        task,
        department: ['党群部', '技术中心', '培训中心', '总装一分厂', '行政机关'],
        responsible: 'officers',
        done: share(88),
      })),
    },
  },
  'training.study-tour': {
    events: [
      ['05-09', '精益班组建设', { host: '江湾机床厂', kind: '考察取经', cost: 9600 }, 18],
      ['09-12', '职工书屋管理', { host: '远山水泥集团', kind: '座谈交流', cost: 4200 }, 12],
    ],
    lasts: 2,
  },
  'training.research': {
    events: [
      ['03-10', '大型液压缸修复工艺研究', { level: '市级', done: false, support: 80000 }, 6],
      ['03-26', '齿轮箱振动在线监测', { level: '本单位', done: true, support: 30000 }, 5],
      ['04-15', '再制造件寿命评价', { level: '省级', done: false, support: 160000 }, 7],
    ],
    lasts: 330,
  },
  'training.leadership-study': {
    many: 8,
    at: 'union',
    titles: ['产业工人队伍建设改革', '安全生产专题', '企业高质量发展', '廉洁从业', '民主管理制度'],
    values: {},
    lines: { who: 'officers', many: [1, 3], values: { spoke: share(60) } },
  },
  // Last year twice as many: the lint asks about a figure that halved.
  'publicity.news': {
    many: [326, 158],
    titles: [
      '{place}开展技术比武',
      '{place}送清凉到岗位',
      '{place}召开班组建设推进会',
      '{place}职工献计节能降耗',
      '{place}慰问困难职工',
      '{place}举行消防演练',
      '{place}师徒结对签约',
      '{place}女职工读书会',
      '{place}劳动竞赛完成首季目标',
    ],
    values: {
      medium: weighted({ 信息简报: 5, 微信公众号: 6, 网站: 4, 报纸: 2, 电视: 1 }),
      branch: ({ place }) => place,
      adoptedBy: weighted({ 本单位: 8, '县（区）级': 4, 市级: 2, 省级: 1, 未采用: 3 }),
    },
  },
  'publicity.subscription': {
    events: [
      ['11-12', '《工人日报》', { copies: 46, cost: 16560 }],
      ['11-12', '《班组天地》', { copies: 120, cost: 14400 }],
      ['11-12', '《现代职工》', { copies: 60, cost: 5760 }],
    ],
    values: { language: '汉文' },
  },
  'publicity.campaign': {
    many: 26,
    titles: [
      '工会法宣传',
      '安全生产月宣传',
      '劳动竞赛宣传',
      '民法典宣传',
      '防暑降温宣传',
      '职工互助保障宣传',
      '消防安全宣传',
    ],
    values: {
      kind: weighted({ 横幅标语: 4, 宣传彩页: 4, 法律政策宣传: 2, 活动宣传发动: 2 }),
      pieces: ({ values, draw }) => (values['kind'] === '横幅标语' ? draw.between(4, 16) : draw.between(80, 300)),
      place: ['厂区主干道', '食堂门厅', '各车间'],
    },
  },
  'publicity.paper': {
    events: [
      ['06-22', '《班组民主管理的几点做法》', { kind: '论文', grade: '二等奖' }],
      ['09-18', '《产业工人技能提升路径》', { kind: '论文', grade: '一等奖' }],
      ['10-12', '《困难职工帮扶机制研究》', { kind: '论文', grade: '三等奖' }],
      ['11-08', '《女职工心理关爱调研》', { kind: '调研报告', grade: '未获奖' }],
      ['08-06', '《青年职工思想状况调研》', { kind: '调研报告', grade: '未获奖' }],
    ],
    values: { author: 'officers' },
  },
  'publicity.archive': {
    many: 74,
    at: 'union',
    titles: [
      '关于开展送温暖活动的通知',
      '职工代表大会文件',
      '劳动竞赛方案',
      '会员入会登记表',
      '工会经费预算文件',
      '职工运动会资料',
      '体检工作安排通知',
    ],
    values: {
      kind: weighted({ 印发文件通知: 5, 活动档案: 4, 文书档案: 3, 会员档案: 2 }),
      number: ({ year, at }) => `云工字〔${year}〕${at + 1}号`,
      retention: weighted({ 永久: 1, '30年': 3, '10年': 4 }),
    },
  },
  'publicity.upper-document': {
    events: [
      ['02-15', '市总工会全委会精神', { level: '市总工会', term: 4, plenum: edition(2, 2025) }],
      ['03-10', '县总工会全委会精神', { level: '县（区）总工会', term: 7, plenum: edition(3, 2025) }],
      ['05-20', '产业工人队伍建设改革意见', { level: '全国总工会', term: undefined, plenum: undefined }],
    ],
    values: { measures: '组织分会主席集中学习，结合实际分解任务' },
  },
}
