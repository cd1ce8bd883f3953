import { edition, share, weighted, type Plans } from '../plan.ts'

const hazards = [
  '砂轮机防护罩松动',
  '配电箱门未上锁',
  '行车限位器灵敏度不足',
  '通道堆放工件',
  '灭火器压力不足',
  '氧气瓶间距不够',
  '防护栏缺失一段',
  '临时用电线路未架空',
  '叉车倒车警报失效',
  '操作规程牌褪色',
  '局部除尘口堵塞',
  '防护手套破损未更换',
]
const trades = weighted({ 车工: 3, 焊工: 3, 维修电工: 2, 钳工: 3, 探伤工: 1 })

export const labour: Plans = {
  'competitions.contest': {
    events: [
      ['02-20', '决战首季主题劳动竞赛', { series: '主题劳动竞赛', carrier: '专项竞赛', project: '首季出口订单' }, 320],
      [
        '03-10',
        '“五比一创”劳动竞赛',
        { series: '“五比一创”竞赛', carrier: '班组创优竞赛', project: '矿用挖掘机批量化' },
        460,
      ],
      [
        '05-12',
        '重点工程交付竞赛',
        { series: '重点工程建设竞赛', carrier: '攻关竞赛', project: '大型破碎机组', honour: '市级先进单位' },
        210,
      ],
      ['07-02', '节能降耗“五小”竞赛', { series: '双创劳动竞赛', carrier: '“五小”竞赛', project: '动力系统节能' }, 180],
      ['09-06', '业务质量竞赛', { series: '业务质量竞赛', carrier: '专项竞赛', project: '降低返修率' }, 240],
    ],
    lasts: 80,
    values: { honour: '未参评' },
    lines: {
      who: 'frontline',
      values: {
        team: ({ person }) => (person?.unitName ? `${person.unitName}班` : '综合班'),
        award: weighted({ 参加: 14, 优胜: 2, 先进: 1 }),
      },
    },
  },
  'competitions.commendation': {
    events: [
      ...['铸造一分厂熔炼班', '机加二分厂数控班', '总装一分厂调试班', '结构件分厂焊接班'].map(
        (collective) =>
          ['01-20', '{last}年度劳动竞赛表彰', { award: '优胜班组', collective, person: undefined }] as const,
      ),
      ...['液压件分厂', '齿轮分厂'].map(
        (collective) =>
          ['01-20', '{last}年度劳动竞赛表彰', { award: '先进集体', collective, person: undefined }] as const,
      ),
      ...Array.from(
        { length: 26 },
        () =>
          [
            '01-20',
            '{last}年度劳动竞赛表彰',
            { award: '先进个人', collective: undefined, person: 'frontline' },
          ] as const,
      ),
      ['04-28', '首季劳动竞赛表彰', { award: '先进集体', collective: '总装一分厂', person: undefined }],
    ],
    values: { year: ({ year }) => year - 1 },
  },
  'competitions.sales-support': {
    many: 12,
    at: 'union',
    titles: [
      '矿山设备大修合同',
      '液压支架备件订单',
      '齿轮箱外销合同',
      '再制造服务协议',
      '破碎机成套项目',
      '港口机械维保协议',
    ],
    values: {
      promoter: 'active',
      customer: ['北岭矿业公司', '江湾港务公司', '远山水泥集团', '沙原能源公司'],
      amount: ({ draw }) => draw.between(12, 260) * 10000,
      target: 380000000,
    },
  },
  'competitions.project': {
    many: 46,
    titles: [
      '熔炼炉料配比优化',
      '滚齿刀具寿命提升',
      '焊接变形控制',
      '液压缸内泄攻关',
      '淬火裂纹控制',
      '总装节拍平衡',
      '行车检修工装',
      '涂层附着力提升',
      '数控程序模板化',
      '空压系统泄漏治理',
    ],
    months: [1, 2, 3, 4, 5],
    lasts: 150,
    values: {
      kind: weighted({ 技术攻关: 3, 技术创新: 3, '“五小”成果': 5 }),
      department: ({ place }) => place.replace(/分会$/, ''),
      done: share(78),
      award: weighted({ 优秀成果奖: 2, 一等奖: 1, 二等奖: 2, 三等奖: 3, 未获奖: 6 }),
      benefit: ({ values, draw }) => (values['done'] ? draw.between(3, 48) * 10000 : undefined),
    },
    lines: { who: 'frontline', many: [3, 6] },
  },
  'competitions.achievement': {
    many: 34,
    months: [3, 4, 10],
    titles: [
      '大模数齿轮成形磨法',
      '快换式焊接工装',
      '液压试验自动记录仪',
      '铸件浇冒口优化',
      '行车吊具改进',
      '机器人上下料单元',
    ],
    values: {
      category: weighted({ 技术创新成果: 4, 工法: 1, 合理化建议: 3, 技术改造: 2 }),
      department: ({ place }) => place.replace(/分会$/, ''),
      award: weighted({ 一等奖: 1, 二等奖: 2, 三等奖: 3, 优秀奖: 3, 未获奖: 3 }),
    },
  },
  'competitions.skill-contest': {
    events: [
      ['05-20', '公司职工技术比武', { kind: '技术比武', level: '本单位' }, 128],
      ['08-26', '公司青工岗位练兵', { kind: '岗位练兵', level: '本单位' }, 96],
      [
        '09-13',
        '县职工职业技能大赛',
        { kind: '职业技能大赛', level: '县（区）级', edition: edition(11, 2025), teamRank: 1 },
        24,
      ],
      [
        '10-16',
        '市职工职业技能大赛',
        { kind: '职业技能大赛', level: '市级', edition: edition(8, 2025), teamRank: 3 },
        12,
      ],
    ],
    values: { edition: undefined, teamRank: undefined },
    lines: {
      who: 'frontline',
      values: {
        trade: trades,
        rank: ({ at }) => at + 1,
        award: ({ at }) => (at < 3 ? '一等奖' : at < 7 ? '二等奖' : at < 12 ? '三等奖' : '未获奖'),
      },
    },
  },
  'competitions.top-ten': {
    events: [['06-20', '职工医院临床基本技能竞赛', { edition: edition(3, 2025), quota: 10 }, 36]],
    lines: {
      who: 'women',
      values: {
        category: ['临床技能操作', '护理技能操作', '护理基本理论', '病历书写'],
        round: weighted({ 初赛: 3, 复赛: 2, 决赛: 2 }),
        won: ({ values, draw }) => values['round'] === '决赛' && draw.chance(0.8),
      },
    },
  },
  'competitions.teaching-contest': {
    events: [
      ['05-14', '幼儿园青年教师教学竞赛', { kind: '教学竞赛', level: '县（区）级', edition: edition(6, 2025) }, 8],
      ['10-22', '教师说讲评活动', { kind: '说讲评活动', level: '本校', edition: undefined }, 12],
    ],
    lines: {
      who: 'women',
      values: {
        team: '子弟幼儿园队',
        item: ['说课', '绘本阅读', '户外游戏'],
        rank: ({ at }) => at + 1,
        award: ({ at }) => (at < 1 ? '一等奖' : at < 3 ? '二等奖' : at < 6 ? '三等奖' : '优秀奖'),
      },
    },
  },
  'competitions.excellence': {
    many: 18,
    months: [6, 12],
    values: {
      kind: weighted({ 岗位创优能手: 5, 岗位创优团队: 2 }),
      team: ({ values, place }) =>
        values['kind'] === '岗位创优团队' ? `${place.replace(/分会$/, '')}创优团队` : undefined,
      worker: ({ values }) => (values['kind'] === '岗位创优能手' ? 'frontline' : undefined),
      record: ['生产', '质量', undefined],
      former: ({ values }) => (values['record'] ? '单班完成三台' : undefined),
      fresh: ({ values }) => (values['record'] ? '单班完成四台' : undefined),
    },
  },
  'competitions.team': {
    many: 44,
    months: [3, 4, 11],
    values: {
      team: ({ place, draw }) => `${place.replace(/分会$/, '')}${draw.pick(['甲', '乙', '丙'])}班`,
      kind: weighted({ '“六型”班组竞赛': 5, 班组建设试点: 2, 班组建设考核: 4, 工人先锋号: 1, 先进班组: 2 }),
      level: ({ values, draw }) => (values['kind'] === '工人先锋号' ? draw.pick(['市级', '省级']) : '本单位'),
      result: ({ values, draw }) =>
        values['kind'] === '工人先锋号' || values['kind'] === '先进班组'
          ? '授予称号'
          : draw.pick(['参加', '达标', '达标', '优胜']),
    },
  },
  'competitions.chief-worker': {
    events: [['03-25', '首席员工评选', { termOfOffice: '两年' }, 24]],
    lines: {
      who: 'frontline',
      values: {
        trade: ['车工', '焊工', '钳工', '维修电工', '铸造工', '热处理工'],
        elected: share(42),
        score: ({ draw }) => draw.between(80, 98),
      },
    },
  },
  'competitions.pairing': {
    many: 62,
    months: [3, 4, 9],
    lasts: 730,
    values: {
      mentor: 'frontline',
      kind: weighted({ 导师带徒: 8, '“一帮一”': 2 }),
      trade: ['车工', '焊工', '钳工', '维修电工', '铸造工', '热处理工', '液压装配'],
    },
    lines: {
      who: 'young',
      many: [1, 2],
      values: { goal: '一年独立上岗，两年达到中级工', result: weighted({ 培养中: 6, 合格出师: 2, 优秀出师: 1 }) },
    },
  },
  'honours.award': {
    many: 58,
    at: 'branch',
    months: [1, 3, 4, 5, 7, 12],
    titles: ['公司先进工作者', '公司优秀工会干部', '先进分会', '文明家庭', '公司先进班组'],
    values: {
      level: '本单位',
      holderKind: ({ at }) => (at % 5 === 0 ? '集体' : '个人'),
      person: ({ values }) => (values['holderKind'] === '个人' ? 'active' : undefined),
      holder: ({ values, place }) => (values['holderKind'] === '集体' ? place : undefined),
      kind: ({ values, draw }) =>
        values['holderKind'] === '集体'
          ? '先进分会（小组）'
          : draw.pick(['先进工作者', '先进工作者', '优秀工会干部', '优秀共产党员']),
      issuer: '公司工会',
      document: '云工字〔{y}〕4号',
      prize: [300, 500, undefined],
    },
    events: [
      [
        '04-28',
        '市五一劳动奖章',
        {
          level: '市级',
          holderKind: '个人',
          person: 'models',
          holder: undefined,
          kind: '五一劳动奖',
          issuer: '市总工会',
        },
      ],
      [
        '04-28',
        '县五一劳动奖章',
        {
          level: '县（区）级',
          holderKind: '个人',
          person: 'frontline',
          holder: undefined,
          kind: '五一劳动奖',
          issuer: '县总工会',
        },
      ],
      [
        '04-29',
        '市工人先锋号',
        {
          level: '市级',
          holderKind: '集体',
          person: undefined,
          holder: '总装一分厂调试班',
          kind: '工人先锋号',
          issuer: '市总工会',
        },
      ],
      [
        '03-06',
        '县巾帼文明岗',
        {
          level: '县（区）级',
          holderKind: '集体',
          person: undefined,
          holder: '质量部计量室',
          kind: '巾帼荣誉',
          issuer: '县总工会',
        },
      ],
      [
        '09-24',
        '市模范职工之家',
        {
          level: '市级',
          holderKind: '集体',
          person: undefined,
          holder: '云砺机械有限公司工会',
          kind: '先进单位',
          issuer: '市总工会',
        },
      ],
      [
        '01-20',
        '工会财务工作先进单位',
        {
          level: '县（区）级',
          holderKind: '集体',
          person: undefined,
          holder: '云砺机械有限公司工会',
          kind: '财务考核奖',
          issuer: '县总工会',
        },
      ],
    ],
  },
  'honours.contest-result': {
    events: [
      ['06-12', '市职工篮球赛', { level: '市级', organiser: '市职工文体协会', category: '体育' }],
      ['09-12', '县职工乒乓球赛', { level: '县（区）级', organiser: '县总工会', category: '体育' }],
      ['06-26', '市职工书画摄影展', { level: '市级', organiser: '市职工文体协会', category: '书画摄影' }],
      ['10-16', '市职工职业技能大赛', { level: '市级', organiser: '市总工会', category: '技能' }],
    ],
    lines: {
      rows: [
        { entry: ['公司代表队', '男子代表队'], grade: '名次', rank: [2, 3], rankKind: '团体' },
        { entry: '个人项目', grade: '二等奖', rank: undefined, rankKind: undefined, person: 'active' },
        { entry: '公司工会', grade: '优秀组织奖', rank: undefined, rankKind: undefined },
      ],
      values: { person: undefined },
    },
  },
  'honours.selection': {
    events: [
      ['01-08', '{last}年度先进工作者评选', { kind: '年终先进评选', quotaMin: 1, quotaMax: 2 }, 210],
      ['04-06', '市五一劳动奖推荐', { kind: '向上推荐', quotaMin: undefined, quotaMax: undefined }, 6],
    ],
    lines: {
      who: 'active',
      values: {
        team: undefined,
        group: ({ person }) => person?.branchName,
        category: '先进个人',
        chosen: share(54),
        prize: ({ values }) => (values['chosen'] ? 500 : undefined),
      },
    },
  },
  'honours.model-care': {
    many: 26,
    at: 'union',
    who: 'models',
    values: {
      kind: weighted({ 落实待遇: 4, 疗休养: 2, 健康体检: 3, 走访慰问: 4, 事迹宣传: 2, 培养选树: 2 }),
      amount: ({ values, draw }) => (values['kind'] === '落实待遇' ? 3000 : draw.pick([500, 800, undefined])),
      note: ({ values }) =>
        values['kind'] === '落实待遇' ? '劳模荣誉津贴' : values['kind'] === '事迹宣传' ? '内网专栏刊登事迹' : undefined,
    },
  },
  'safety.inspection': {
    many: 212,
    at: 'sub',
    values: {
      place: ({ place }) => place.replace(/分会$/, ''),
      kind: weighted({ 安全生产督导检查: 5, 劳动保护监督检查: 3, 职工隐患排查: 6, 劳动保护政策落实检查: 1 }),
      joint: share(35),
      leader: 'officers',
    },
    lines: {
      rows: [
        { hazard: hazards, level: weighted({ 一般: 14, 较大: 1 }), reported: share(60) },
        { hazard: hazards, level: '一般', reported: share(40) },
      ],
      values: { fixed: share(97), fixedOn: ({ values, draw }) => (values['fixed'] ? draw.between(0, 7) : undefined) },
    },
  },
  'safety.accident': {
    events: [
      ['03-18', '吊装挤伤手指', { kind: '安全生产事故', level: '轻微', place: '总装二分厂', loss: 3200 }, 1],
      ['08-22', '搬运扭伤', { kind: '安全生产事故', level: '轻微', place: '物资公司', loss: 1500 }, 1],
    ],
    lines: { who: 'frontline', values: { injury: '轻伤' } },
  },
  'safety.ankang-cup': {
    events: [['03-15', '{y}年度“安康杯”竞赛', { honour: '市级优胜单位' }]],
    lines: {
      rows: Array.from({ length: 46 }, (_, at) => ({
        team: `${['熔炼', '造型', '车工', '数控', '焊接', '部装', '调试', '供电', '机修', '仓储'][at % 10]}${['一', '二', '三', '四', '五'][Math.floor(at / 10)]}班`,
      })),
      values: {
        department: [
          '铸造一分厂',
          '机加一分厂',
          '机加二分厂',
          '结构件分厂',
          '总装一分厂',
          '动力分厂',
          '机修分厂',
          '物资公司',
        ],
        result: weighted({ 参加: 3, 达标: 6, 优胜: 2 }),
      },
    },
  },
  'safety.sentinel': {
    events: [
      ['02-18', '安全哨兵聘任', { kind: '聘任' }, 128],
      ['06-10', '安全哨兵互检交流', { kind: '互检交流' }, 96],
      ['11-12', '年度安全哨兵评星', { kind: '年度评星' }, 110],
    ],
    lines: {
      who: 'frontline',
      values: {
        role: ({ at }) => (at % 9 === 0 ? '哨长' : '哨兵'),
        award: ({ values, draw }) =>
          values['kind'] !== '年度评星'
            ? '无'
            : values['role'] === '哨长'
              ? draw.chance(0.4)
                ? '最佳哨长'
                : '无'
              : draw.chance(0.3)
                ? '星级哨兵'
                : '无',
      },
    },
  },
  'safety.supervisor': {
    events: [['03-09', '群众安全监督员聘任', { documentNo: '云工字〔{y}〕9号' }, 86]],
    lasts: 730,
    lines: { who: 'frontline', values: { fresh: share(28) } },
  },
  'safety.campaign': {
    events: [
      ['06-01', '安全生产月启动暨承诺签名', { kind: '安全生产月' }, 420],
      ['06-18', '消防疏散演练', { kind: '应急演练' }, 260],
      ['06-25', '安全知识进班组', { kind: '安全宣传' }, 180],
      ['11-09', '消防宣传月活动', { kind: '安全宣传' }, 150],
    ],
  },
  'safety.surveillance': {
    events: [['09-09', '{y}年度职业健康检查', { hospital: '市职业病防治院' }, 860]],
    lines: {
      who: 'frontline',
      values: { hazard: weighted({ 粉尘: 5, 噪声: 6, 高温: 2, 化学毒物: 1 }), done: share(96), followUp: share(4) },
    },
  },
  'safety.exchange-meeting': {
    events: [
      ['05-23', '职业健康监护经验交流会', { level: '市级', spoke: true }, 6],
      ['10-24', '班组安全经验交流会', { level: '本单位', spoke: true }, 68],
    ],
  },
  'safety.training': {
    events: [
      ['02-26', '节后复工安全培训', { topic: '安全生产' }, 380],
      ['04-18', '灭火器使用与疏散', { topic: '消防' }, 220],
      ['07-12', '防暑与劳动保护知识', { topic: '劳动保护' }, 190],
      ['09-18', '厂内交通安全', { topic: '交通安全' }, 140],
    ],
    lines: { values: { done: share(96) } },
  },
}
