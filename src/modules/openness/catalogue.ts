import type { DutyVerification, Kind, Rhythm } from './words.ts'

/**
 * What usually must be published, by kind of disclosure. The national regulation names the matters and leaves the days to
 * provinces and units: its articles are known to us by memory, so they are marked as such and only remind. Days follow
 * what provinces ask for (fifteen days of display; results of a congress within three days) and are a proposal that a unit
 * may change by a duty of its own.
 */
export interface Entry {
  id: string
  kind: Kind
  category: string
  title: string
  rhythm: Rhythm
  /** Days after the end of the period, or after the event. */
  withinDays: number
  displayDays: number
  basis: string
  verification: DutyVerification
}

const national = '企业民主管理规定第三十三条、第三十四条'
const usage = '本系统建议，节奏和天数由单位自定'
const days = { month: 15, quarter: 20, half: 30, year: 60, anytime: 0, event: 15 } as const

const entry = (
  kind: Kind,
  id: string,
  category: string,
  title: string,
  rhythm: Rhythm,
  basis: string = usage,
  verification: DutyVerification = 'own',
  withinDays: number = days[rhythm],
): Entry => ({ id, kind, category, title, rhythm, withinDays, displayDays: 15, basis, verification })

const factory = (id: string, category: string, title: string, rhythm: Rhythm): Entry =>
  entry('厂务公开', `factory-${id}`, category, title, rhythm, national, 'memory')

export const CATALOGUE: readonly Entry[] = [
  factory('operation', '重大决策', '生产经营管理的基本情况', 'half'),
  factory('hiring', '干部选拔任用', '招用职工和签订劳动合同情况', 'half'),
  factory('contract', '规章制度', '集体合同文本和规章制度内容', 'event'),
  factory('discipline', '评先评优', '奖惩职工、单方解除劳动合同、裁员和评选先进', 'event'),
  factory('safety', '劳动安全', '劳动安全卫生标准、事故和处理结果', 'quarter'),
  factory('insurance', '职工福利', '社会保险费和企业年金缴纳情况', 'year'),
  factory('training', '教学培训', '职工教育经费提取、使用和培训计划', 'year'),
  factory('disputes', '劳动争议', '劳动争议及处理结果', 'event'),
  factory('soe-plan', '重大决策', '国有企业：年度目标、大额资金、招标投标、采购和盈亏', 'half'),
  factory('soe-pay', '工资奖金分配', '国有企业：工资奖金分配、职称评聘', 'quarter'),
  factory('soe-leaders', '干部选拔任用', '国有企业：中层选聘、领导人员薪酬、职务消费和民主评议结果', 'year'),
  entry(
    '厂务公开',
    'factory-congress',
    '职代会决议',
    '职工代表大会的决议和审议结果',
    'event',
    '山东省厂务公开法规第十二条（外省参考）',
    'quotation',
    3,
  ),
  entry('院务公开', 'hospital-finance', '财务收支', '财务预算执行和大额资金使用', 'half'),
  entry('院务公开', 'hospital-purchase', '基建与大宗采购', '设备、药品和基建采购', 'quarter'),
  entry('院务公开', 'hospital-posts', '职称评聘', '岗位聘任、职称评聘和人员招聘', 'event'),
  entry('院务公开', 'hospital-bonus', '工资奖金分配', '奖金和绩效分配办法及结果', 'quarter'),
  entry('院务公开', 'hospital-reception', '业务招待费', '业务招待费使用情况', 'year'),
  entry('校务公开', 'school-finance', '财务收支', '学校经费收支和决算', 'half'),
  entry('校务公开', 'school-fees', '招生收费', '收费项目、标准和依据', 'half'),
  entry('校务公开', 'school-building', '基建与大宗采购', '基建维修和大宗物资采购', 'event'),
  entry('校务公开', 'school-titles', '职称评聘', '职称评审、岗位聘任', 'event'),
  entry('校务公开', 'school-awards', '评先评优', '评先评优和年度考核结果', 'event'),
  entry('校务公开', 'school-welfare', '职工福利', '教职工福利和绩效工资发放', 'quarter'),
  entry('校务公开', 'school-logistics', '后勤管理', '食堂和后勤服务账目', 'month'),
  entry('政务公开', 'office-cadres', '干部选拔任用', '干部选拔任用和调整', 'event'),
  entry('政务公开', 'office-pay', '工资奖金分配', '工资奖金和津补贴分配', 'half'),
  entry('政务公开', 'office-purchase', '基建与大宗采购', '大宗物资采购', 'quarter'),
  entry('政务公开', 'office-reception', '业务招待费', '公务接待和业务招待费', 'half'),
  entry('政务公开', 'office-service', '办事程序', '工作职责、办事程序和服务承诺', 'year'),
  entry('站务公开', 'station-accounts', '财务收支', '站所收支和奖金分配', 'quarter'),
  // The union's own money, beside what its employer publishes.
  ...(['厂务公开', '院务公开', '校务公开', '政务公开', '站务公开'] as const).map((kind, index) =>
    entry(
      kind,
      `${['factory', 'hospital', 'school', 'office', 'station'][index]!}-union-money`,
      '财务收支',
      '工会经费收支情况',
      'half',
      '基层工会经费收支管理办法：定期公布账目',
      'memory',
    ),
  ),
]

/** Which kind of disclosure a kind of union owes; kinds that aren't here (federations, villages, parks) owe none by themselves. */
/** Kinds of union whose unit holds a congress of its staff: enterprises and public institutions; offices of state have none. */
export const OWING_CONGRESS: readonly string[] = ['factory', 'company-large', 'company-new', 'hospital', 'school']

export const KIND_OF_UNION: Readonly<Record<string, Kind>> = {
  factory: '厂务公开',
  'company-large': '厂务公开',
  'company-new': '厂务公开',
  hospital: '院务公开',
  school: '校务公开',
  court: '政务公开',
  office: '政务公开',
  bureau: '政务公开',
  agency: '政务公开',
}
