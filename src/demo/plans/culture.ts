import { edition, share, weighted, type Event, type Plans } from '../plan.ts'

const award = ({ at }: { at: number }): string | undefined =>
  ['第一名', '第二名', '第三名'][at] ?? (at < 6 ? '优秀奖' : undefined)

export const culture: Plans = {
  'activities.event': {
    events: [
      [
        '01-12',
        '职工迎新春书画笔会',
        { kind: '节日庆祝', festival: '春节', place: '职工活动中心', unionCost: 2600 },
        42,
      ],
      ['02-08', '元宵节猜灯谜游园', { kind: '节日庆祝', festival: '元宵', place: '厂区广场', unionCost: 6800 }, 220],
      ['03-21', '春季登山', { kind: '登山健步骑行', festival: '无', place: '青屏山', unionCost: 3200 }, 260],
      [
        '04-26',
        '庆“五一”职工羽毛球赛',
        {
          kind: '单项比赛',
          sport: '羽毛球',
          festival: '五一',
          edition: edition(8, 2025),
          place: '体育馆',
          unionCost: 8600,
        },
        96,
      ],
      [
        '05-04',
        '青年职工拔河比赛',
        { kind: '单项比赛', sport: '拔河', festival: '五四', place: '厂区广场', unionCost: 4200 },
        180,
      ],
      [
        '06-10',
        '职工篮球联赛',
        {
          kind: '单项比赛',
          sport: '篮球',
          festival: '无',
          edition: edition(12, 2025),
          place: '灯光球场',
          unionCost: 16800,
        },
        210,
      ],
      ['06-28', '庆“七一”歌咏会', { kind: '歌咏朗诵', festival: '七一', place: '一楼报告厅', unionCost: 9800 }, 320],
      ['08-15', '消夏文艺晚会', { kind: '文艺演出', festival: '无', place: '厂区广场', unionCost: 14200 }, 160],
      [
        '09-20',
        '职工乒乓球赛',
        {
          kind: '单项比赛',
          sport: '乒乓球',
          festival: '无',
          edition: edition(10, 2025),
          place: '职工活动中心',
          unionCost: 6200,
        },
        84,
      ],
      [
        '10-18',
        '职工运动会',
        {
          kind: '运动会',
          sport: '多项',
          festival: '无',
          edition: edition(5, 2025),
          place: '培训中心操场',
          unionCost: 38600,
          otherCost: 20000,
          fundedBy: '工会与行政共同',
        },
        860,
      ],
      [
        '11-08',
        '与中心医院工会友谊篮球赛',
        { kind: '友谊赛', sport: '篮球', festival: '无', place: '灯光球场', unionCost: 1200 },
        24,
      ],
      ['12-26', '迎新年联欢会', { kind: '联欢联谊', festival: '元旦', place: '一楼报告厅', unionCost: 12600 }, 280],
    ],
    many: 62,
    at: 'sub',
    months: [3, 4, 5, 6, 9, 10, 11],
    titles: [
      ['{place}趣味运动会', { kind: '运动会', sport: '多项' }],
      ['{place}班组拔河赛', { kind: '单项比赛', sport: '拔河' }],
      ['{place}扑克友谊赛', { kind: '友谊赛', sport: '扑克' }],
      ['{place}健步走', { kind: '登山健步骑行' }],
      ['{place}班组联欢会', { kind: '联欢联谊' }],
      ['{place}象棋赛', { kind: '单项比赛', sport: '棋类' }],
      ['{place}户外拓展', { kind: '外出参观拓展' }],
      ['{place}三人篮球赛', { kind: '单项比赛', sport: '篮球' }],
    ],
    values: {
      sport: undefined,
      festival: '无',
      edition: undefined,
      organiser: undefined,
      fundedBy: '工会经费',
      unionCost: [600, 900, 1200, 1800],
      otherCost: undefined,
    },
    lines: {
      many: [9, 18],
      values: {
        team: ({ person }) => person?.branchName,
        programme: undefined,
        result: (row) => (/比赛|运动会/.test(String(row.values['kind'])) ? award(row) : undefined),
      },
    },
  },
  'activities.delegation': {
    events: [
      [
        '06-12',
        '市职工篮球赛',
        { kind: '单项比赛', organiser: '市职工文体协会', edition: edition(9, 2025), rank: 3 },
        14,
      ],
      ['09-12', '县职工乒乓球赛', { kind: '单项比赛', organiser: '县总工会', edition: edition(12, 2025), rank: 1 }, 10],
      ['10-08', '县职工文艺调演', { kind: '文艺调演', organiser: '县总工会', edition: undefined, rank: undefined }, 26],
      [
        '11-14',
        '市职工健身节',
        { kind: '健身节', organiser: '市职工文体协会', edition: edition(4, 2025), rank: 2 },
        32,
      ],
    ],
    lines: { values: { event: undefined } },
  },
  'activities.team': {
    events: (
      [
        '职工篮球队',
        '职工羽毛球队',
        '职工乒乓球队',
        '职工足球队',
        '钓鱼协会',
        '太极拳协会',
        '摄影协会',
        '书画协会',
        '棋牌协会',
        '职工合唱团',
        '健步走协会',
        '舞蹈队',
      ] as const
    ).map((title): Event => [
      '01-10',
      title,
      {
        kind: title.endsWith('协会') ? '文体协会' : title.includes('合唱') ? '合唱团、艺术团' : '业余队伍',
        speciality: {
          职工篮球队: '篮球',
          职工羽毛球队: '羽毛球',
          职工乒乓球队: '乒乓球',
          职工足球队: '足球',
          太极拳协会: '太极拳',
          摄影协会: '摄影',
          书画协会: '书画',
          棋牌协会: '棋牌',
          职工合唱团: '合唱',
          舞蹈队: '舞蹈',
          健步走协会: '健身健美',
          钓鱼协会: '钓鱼',
        }[title]!,
        isNew: title === '健步走协会',
      },
    ]),
    values: { active: share(94), leader: 'officers' },
    lines: { many: [22, 46] },
  },
  'activities.training-session': {
    at: 'union',
    many: 96,
    values: {
      team: weighted({ 太极拳协会: 3, 职工合唱团: 2, 舞蹈队: 2, 书法兴趣班: 2, 瑜伽兴趣班: 2 }),
      kind: ({ values }) => (String(values['team']).endsWith('班') ? '兴趣班' : '协会训练'),
      coach: ['外聘教练', '协会骨干'],
    },
  },
  'activities.film': {
    at: 'union',
    many: 12,
    titles: ['《炉火正红》', '《山那边的灯》', '《大河工匠》', '《归途列车》', '《守夜人》', '《春到铁岭沟》'],
    values: { place: '一楼报告厅', theme: weighted({ 主旋律: 6, 警示教育: 2, 文艺: 2 }) },
  },
  'activities.artwork': {
    at: 'union',
    many: 54,
    months: [5, 6, 9, 10],
    titles: [
      '《炉火》',
      '《晨光中的厂区》',
      '《匠心》',
      '《齿轮之歌》',
      '《山路》',
      '《钢花》',
      '《午后工间》',
      '《惠风和畅》',
      '《青屏秋色》',
    ],
    values: {
      kind: weighted({ 摄影: 5, 书法: 4, 美术: 2, 手工: 1 }),
      exhibition: ({ date }) => (/-0[56]-/.test(date) ? '市职工书画摄影展' : '公司职工书画摄影展'),
      level: ({ values }) => (values['exhibition'] === '市职工书画摄影展' ? '市级' : '本单位'),
      selected: share(55),
      award: ({ values, draw }) =>
        values['selected'] ? draw.pick(['一等奖', '二等奖', '三等奖', '优秀作品奖', '未获奖', '未获奖']) : '未获奖',
    },
  },
  'activities.hosted': {
    events: [
      ['10-01', '“云砺杯”职工扑克赛', { kind: '品牌赛事', edition: edition(6, 2025), rank: 1 }],
      ['07-01', '庆祝建党纪念活动', { kind: '建党周年', edition: edition(104, 2025), rank: undefined }],
      [
        '09-28',
        '建厂纪念日开放活动',
        { kind: '单位周年', edition: edition(67, 2025), souvenirs: 600, rank: undefined },
      ],
    ],
    values: { souvenirs: undefined },
    lines: { branches: 'team', values: { result: award } },
  },
  'activities.plan': {
    events: [
      '迎新春书画笔会',
      '元宵游园',
      '春季登山',
      '“五一”羽毛球赛',
      '职工篮球联赛',
      '“七一”歌咏会',
      '消夏晚会',
      '职工运动会',
      '国庆摄影展',
      '迎新年联欢',
    ].map((title) => ['01-08', title, {}] as const),
    values: { festival: '无', budget: [3000, 6000, 10000, 16000], owner: 'officers', done: share(86) },
  },
  'venues.place': {
    events: [
      ['01-05', '职工活动中心', { kind: '职工活动中心', change: '在用', area: 2600, capacity: 400 }],
      ['01-05', '总厂职工书屋', { kind: '职工书屋', change: '在用', area: 320, capacity: 80 }],
      ['01-05', '灯光篮球场', { kind: '篮球场', change: '在用', area: 840, capacity: 300 }],
      ['01-05', '职工健身房', { kind: '健身房', change: '在用', area: 260, capacity: 60 }],
      ['01-05', '质量部母婴室', { kind: '母婴室', change: '在用', area: 24, capacity: 6 }],
      [
        '05-12',
        '总装二分厂职工活动室',
        { kind: '职工活动室', change: '新建', area: 120, capacity: 40, work: '隔断、照明和器材', cost: 36000 },
      ],
      [
        '08-20',
        '铸造一分厂职工书屋',
        { kind: '职工书屋', change: '新建', area: 60, capacity: 24, work: '书架和阅览桌椅', cost: 18000 },
      ],
      [
        '09-18',
        '东区乒乓球室',
        { kind: '乒乓球场地', change: '更新改造', area: 180, capacity: 30, work: '更换地胶和球台', cost: 26000 },
      ],
    ],
    values: { work: undefined, cost: undefined },
  },
  'venues.attendance': {
    at: 'union',
    events: Array.from({ length: 12 }, (_, month) =>
      [6, 12, 18, 24].flatMap(
        (day): Event[] =>
          [
            [
              `${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
              undefined,
              { place: '职工活动中心', visitors: ({ draw }) => draw.between(120, 260) },
            ],
            [
              `${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
              undefined,
              { place: '总厂职工书屋', visitors: ({ draw }) => draw.between(30, 90) },
            ],
          ] as Event[],
      ),
    ).flat(),
  },
  'venues.booking': {
    many: 78,
    at: 'union',
    titles: [
      '分会工作会议',
      '班组联欢彩排',
      '技能培训',
      '羽毛球训练',
      '安全例会',
      '合唱排练',
      '新职工座谈',
      '青年读书会',
    ],
    values: {
      place: ['多功能厅', '一号会议室', '体育馆', '排练厅'],
      user: ['总装一分厂分会', '技术中心分会', '行政机关分会', '机加二分厂分会', '质量部分会', '子弟幼儿园分会'],
      kind: weighted({ 会议: 4, 健身: 2, 培训: 3, 演出排练: 2 }),
    },
  },
  'venues.loan': {
    many: 260,
    at: 'union',
    who: 'active',
    titles: [
      '《电工手记》',
      '《液压传动图解》',
      '《平原上的火车》',
      '《炉前四十年》',
      '《数控加工要诀》',
      '《湖边旧事》',
      '《焊接工艺问答》',
      '《班组长手册》',
      '《远山如黛》',
    ],
    values: { returned: share(92) },
  },
  'venues.asset': {
    events: [
      ['03-30', '动感单车', { action: '购置', kind: '健身器材', quantity: 6, cost: 13200 }],
      ['04-16', '新书', { action: '购置', kind: '图书', quantity: 420, cost: 12600 }],
      ['05-20', '羽毛球拍', { action: '购置', kind: '球类用品', quantity: 40, cost: 4800 }],
      ['09-10', '合唱服装', { action: '购置', kind: '乐器服装', quantity: 60, cost: 15600 }],
      ['11-12', '文体器材年度盘点', { action: '盘点', kind: '健身器材', quantity: 186, cost: undefined }],
    ],
    values: { place: '职工活动中心', keeper: 'officers' },
  },
  'venues.board': {
    many: 52,
    titles: [
      '“匠心榜样”展板',
      '安全生产月专栏',
      '工会小组长职责',
      '劳模事迹展板',
      '职代会精神宣传',
      '消防知识专栏',
      '迎国庆展板',
      '工会经费使用公示',
    ],
    values: {
      kind: weighted({ 宣传展板: 5, 电子屏: 4, 制度上墙: 2, 文化长廊: 1 }),
      place: ['厂区主干道', '车间入口', '办公楼大厅', '食堂门厅'],
    },
  },
  'charity.blood-donation': {
    events: [
      ['06-14', '世界献血者日献血', { organiser: '县红十字会' }, 86],
      ['11-03', '秋季无偿献血', { organiser: '县红十字会' }, 72],
    ],
    values: { place: '县中心血站' },
    lines: { values: { volume: [200, 300, 300, 400] } },
  },
  'charity.volunteer': {
    many: 34,
    titles: ['社区便民维修', '河道清洁', '交通文明引导', '敬老院慰问演出', '义务植树', '考场周边服务', '家电义务维修'],
    values: { kind: weighted({ 社区服务: 4, 环境清洁: 2, 交通引导: 2, 助老助残: 3 }), organiser: '公司工会' },
    lines: { many: [8, 22], values: { hours: [2, 3, 4], named: share(90) } },
  },
  'charity.donation': {
    events: [
      ['03-12', '共建职工林', { purpose: '植树绿化', anniversary: undefined, recipient: '县林场' }, 160],
      ['05-18', '“爱心书包”助学', { purpose: '贫困学生', anniversary: undefined, recipient: '县教育基金' }, 210],
      ['09-06', '慈善日捐', { purpose: '其他', anniversary: undefined, recipient: '县慈善会' }, 460],
    ],
    lines: {
      values: {
        kind: weighted({ 款: 9, 图书: 1 }),
        amount: ({ values, draw }) => (values['kind'] === '款' ? draw.pick([20, 50, 50, 100]) : undefined),
        quantity: ({ values, draw }) => (values['kind'] === '款' ? undefined : draw.between(2, 6)),
      },
    },
  },
  'charity.village-pairing': {
    events: [
      ['05-06', '下沙村'],
      ['09-22', '下沙村'],
      ['11-10', '竹溪村'],
    ],
    lines: {
      who: 'villagers',
      rows: [
        { household: 'villagers', kind: '生活物资', item: '米面油', quantity: 2, measure: '份', amount: 240 },
        { household: 'villagers', kind: '现金', item: undefined, quantity: undefined, measure: undefined, amount: 500 },
        { household: 'villagers', kind: '床垫', item: '棕床垫', quantity: 2, measure: '床', amount: 1200 },
        { household: 'villagers', kind: '科技书籍', item: '种植技术丛书', quantity: 12, measure: '册', amount: 360 },
        { household: 'villagers', kind: '学习用品', item: '书包文具', quantity: 4, measure: '套', amount: 320 },
      ],
    },
  },
  'charity.exchange': {
    events: [
      ['06-29', '庆“七一”联谊', { partner: '县消防救援大队', kind: '联谊', occasion: '庆“七一”' }, 36],
      ['08-01', '军民共建座谈', { partner: '驻地部队某部', kind: '座谈', occasion: '庆“八一”' }, 18],
      ['10-20', '社区联欢', { partner: '新桥社区', kind: '联欢', occasion: '重阳节' }, 42],
    ],
    lines: { values: { role: weighted({ 职工: 6, 职工代表: 3, 演职人员: 3 }) } },
  },
  'charity.show': {
    events: [
      ['08-28', '金秋助学义演', { purpose: '助学', organiser: '县总工会' }, 24],
      ['11-16', '助老义演', { purpose: '助老', organiser: '县老龄部门' }, 18],
    ],
    lines: { values: { act: ['男声合唱', '民乐合奏', '群舞', '诗朗诵'] } },
  },
  'charity.campaign': {
    events: [
      ['03-02', '驻村帮扶', { kind: '农村扶贫', assignedBy: '县委', state: '进行中' }, 3],
      ['06-20', '防汛值守', { kind: '防汛抗灾', assignedBy: '镇防汛指挥部', state: '已完成' }, 26],
      ['09-08', '文明城市创建', { kind: '文明创建', assignedBy: '县文明办', state: '已完成' }, 48],
    ],
    lasts: 60,
    lines: { values: { days: ({ draw }) => draw.between(2, 20) } },
  },
}
