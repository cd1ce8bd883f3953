/**
 * Roles as data. A role is what an office allows on its unit and below; the office is a dated row.
 * Patterns: `care.*` all verbs of a module, `*.read` one verb of all, `!funds.write` takes back. A pattern with a star
 * never gives a confidential permission: those are named one by one, so that nobody receives them by accident.
 */
export interface Role {
  id: RoleId
  title: string
  /** What the office is for, one sentence for the page on which it is given. */
  purpose: string
  permissions: readonly string[]
  /** Signing in takes a second factor: funds, aid files and the three administrations. */
  needsSecondFactor?: true
  /** One of the three administrations, which one person may never combine. */
  administration?: true
  /** Somebody from outside the union: the office is given for days that end by themselves, by the room whose books it opens. */
  outside?: true
}

export type RoleId =
  | 'chair'
  | 'vice-chair'
  | 'clerk'
  | 'organisation-officer'
  | 'publicity-officer'
  | 'culture-officer'
  | 'women-officer'
  | 'welfare-officer'
  | 'safety-officer'
  | 'accountant'
  | 'cashier'
  | 'auditor'
  | 'outside-auditor'
  | 'bookkeeper'
  | 'branch-chair'
  | 'group-leader'
  | 'system-admin'
  | 'security-admin'
  | 'audit-admin'

/** Everyday work of a whole union. Money and the accounts of others are not in it. */
const everyday = [
  '*.read',
  '*.write',
  '*.void',
  '*.import',
  '*.export',
  '!funds.*',
  '!accounts.*',
  'reports.*',
  'registers.*',
]

/** What every officer needs to see and to ask for in order to do anything. */
const surroundings = ['organisation.read', 'members.read', 'reports.read', 'reports.figures', 'funds.apply']

/** Confidential ledgers that lead a union's democracy and care. Aid files are not among them. */
const entrusted = [
  'appraisal.read-confidential',
  'openness.read-confidential',
  'union-building.read-confidential',
  'rights.read-confidential',
  'safety.read-confidential',
  'care.oblige',
  'care.read-confidential',
  'welfare.read-confidential',
]

/** Deeds of democracy that are an officer's word rather than a clerk's. */
const democracy = ['openness.*', 'appraisal.*', 'congress.*']

const office = (id: RoleId, title: string, purpose: string, permissions: readonly string[]): Role => ({
  id,
  title,
  purpose,
  permissions,
})

/** An office whose permissions are worth a second factor. */
const secured = (role: Role): Role => ({ ...role, needsSecondFactor: true })
const outside = (role: Role): Role => ({ ...secured(role), outside: true })
const administration = (role: Role): Role => ({ ...secured(role), administration: true })

export const ROLES: readonly Role[] = [
  office('chair', '工会主席', '主持本级工会工作，查看全部台账并任免下属职务', [
    ...everyday,
    ...entrusted,
    ...democracy,
    'organisation.*',
    'members.*',
    'ballots.*',
    'elections.*',
    'motions.*',
    'rules.*',
    'funds.read',
    'funds.apply',
    'funds.sign',
    'funds.approve',
    // Who signs a family's file sees its arithmetic, not the illness and the names.
    'hardship.approve',
    // One proposes what is to be forgotten, another confirms.
    'privacy.clean-up',
    // Who signs a list of aid sees it; the families' files stay closed.
    'aid.sign',
    'aid.approve',
    'aid.read-confidential',
    'accounts.read',
    'accounts.appoint',
    'accounts.manage',
    'accounts.reset',
  ]),
  office('vice-chair', '工会副主席', '协助主席工作，查看与登记全部台账', [
    ...everyday,
    ...entrusted,
    ...democracy,
    'members.*',
    'ballots.*',
    'elections.*',
    'motions.*',
    'rules.*',
    'funds.read',
    'funds.apply',
    'funds.sign',
    'aid.sign',
    'aid.read-confidential',
    // 主管会计工作负责人: a union's own accountant can't review what the same accountant prepared.
    'funds.review',
    'hardship.approve',
    'privacy.clean-up',
    'accounts.read',
    'accounts.reset',
  ]),
  office('clerk', '工会干事（登记员）', '登记、导入台账，起草总结', [
    ...everyday,
    '!reports.sign',
    'funds.apply',
    'ballots.count',
    'congress.sign-in',
    'motions.*',
    'accounts.read',
  ]),
  office('organisation-officer', '组织委员', '会员发展、会籍、组织建设与民主管理', [
    ...surroundings,
    'organisation.*',
    '!organisation.restructure',
    'members.*',
    'members.reveal',
    'union-building.*',
    'congress.*',
    'ballots.*',
    'elections.*',
    'appraisal.*',
    'openness.*',
    'assessment.*',
    'planning.*',
    'appraisal.read-confidential',
    'openness.read-confidential',
    'union-building.read-confidential',
  ]),
  office('publicity-officer', '宣传委员', '宣传教育、培训、评先树优', [
    ...surroundings,
    'publicity.*',
    'training.*',
    'honours.*',
  ]),
  office('culture-officer', '文体委员', '文体活动与阵地', [
    ...surroundings,
    'activities.*',
    'venues.*',
    'competitions.read',
  ]),
  office('women-officer', '女职工委员会主任', '女职工工作', [
    ...surroundings,
    'women.*',
    'activities.read',
    'care.read',
    'training.read',
    'reports.write',
    'reports.export',
  ]),
  secured(
    office('welfare-officer', '生活保障委员', '困难帮扶、送温暖、互助保障、福利与退休职工', [
      ...surroundings,
      'care.*',
      'hardship.*',
      // Whoever looks at a family doesn't decide on it.
      '!hardship.approve',
      'aid.*',
      // Who draws up a list neither signs nor pays it.
      '!aid.sign',
      '!aid.approve',
      '!aid.pay',
      'aid.read-confidential',
      'mutual-aid.*',
      'welfare.*',
      'retirees.*',
      'survivors.*',
      'charity.*',
      'care.read-confidential',
      'hardship.read-confidential',
      'mutual-aid.read-confidential',
      'survivors.read-confidential',
      'welfare.read-confidential',
      'members.reveal',
    ]),
  ),
  office('safety-officer', '劳动保护委员', '安全生产、劳动保护、劳动竞赛与维权', [
    ...surroundings,
    'safety.*',
    'rights.*',
    'competitions.*',
    'rights.read-confidential',
    'safety.read-confidential',
  ]),
  secured(
    office('accountant', '会计', '经费核算', [
      ...surroundings,
      'funds.*',
      '!funds.approve',
      '!funds.sign',
      '!funds.pay',
      '!funds.audit',
      '!funds.visit',
    ]),
  ),
  secured(
    office('cashier', '出纳', '经费收付登记', [
      ...surroundings,
      'funds.read',
      'funds.write',
      'funds.apply',
      'funds.prepare',
      'funds.pay',
      'aid.read',
      'aid.pay',
    ]),
  ),
  secured(
    office('auditor', '经费审查委员', '审查本级及下级经费，只读', [
      'organisation.read',
      'funds.read',
      'funds.export',
      'funds.audit',
    ]),
  ),
  outside(office('outside-auditor', '外部审计人员', '在约定日期内查看被审期间的账，只读', ['funds.visit'])),
  outside(
    office(
      'bookkeeper',
      '代理记账人员',
      '小型工会委托的代理记账机构：制单、记账、结账、出报表；不审核、不审批、不收付',
      ['organisation.read', 'funds.read', 'funds.export', 'funds.prepare', 'funds.post', 'funds.close'],
    ),
  ),
  office('branch-chair', '分会主席', '主持分会工作，登记分会台账', [
    ...everyday,
    '!organisation.write',
    '!registers.design',
    'openness.publish',
    'congress.run',
    'congress.sign-in',
    'ballots.count',
    'motions.handle',
    'accounts.read',
    'funds.apply',
  ]),
  office('group-leader', '工会小组长', '登记小组的走访、活动与安全检查', [
    'organisation.read',
    'members.read',
    'care.read',
    'care.write',
    'activities.read',
    'activities.write',
    'safety.read',
    'safety.write',
    'funds.apply',
  ]),
  administration(
    office('system-admin', '系统管理员', '组织架构、账号建立、备份与系统设置；看不到台账与审计日志', [
      'organisation.read',
      'organisation.write',
      'organisation.restructure',
      'accounts.read',
      'accounts.manage',
      'accounts.system',
      'rules.calendar',
    ]),
  ),
  administration(
    office('security-admin', '安全管理员', '任免与授权、重置密码；看不到台账与审计日志', [
      'organisation.read',
      'accounts.read',
      'accounts.appoint',
      'accounts.appoint-administrators',
      'accounts.reset',
    ]),
  ),
  administration(
    office('audit-admin', '审计管理员', '查看审计日志，只读', [
      'organisation.read',
      'accounts.read',
      'accounts.read-audit',
    ]),
  ),
]

export const roleOf = (id: string): Role | undefined => ROLES.find((role) => role.id === id)

/** What every person may see of their own rows, without any office. */
export const ownPermissions: readonly string[] = [
  'funds.reimburse',
  'members.read',
  'congress.attend',
  'care.read',
  'hardship.read',
  'mutual-aid.read',
  'welfare.read',
  'retirees.read',
  'activities.read',
  'training.read',
  'honours.read',
  'competitions.read',
  'openness.board',
  'motions.read',
  'motions.submit',
  'motions.second',
  'motions.handle',
]

const confidential = /\.(read-confidential|reveal|read-audit|appoint-administrators|system)$/

function matches(pattern: string, permission: string): boolean {
  if (pattern === permission) return true
  if (!pattern.includes('*') || confidential.test(permission)) return false
  const [module, verb] = pattern.split('.') as [string, string]
  const dot = permission.indexOf('.')
  return (module === '*' || module === permission.slice(0, dot)) && (verb === '*' || verb === permission.slice(dot + 1))
}

/** The permissions among `declared` that the patterns give. */
export function expand(patterns: readonly string[], declared: Iterable<string>): string[] {
  const given = new Set<string>()
  const all = [...declared]
  // In order, so that a later line may give back what an earlier one took: '!funds.*', 'funds.read'.
  for (const pattern of patterns)
    for (const permission of all)
      if (pattern.startsWith('!')) {
        if (matches(pattern.slice(1), permission)) given.delete(permission)
      } else if (matches(pattern, permission)) given.add(permission)
  return [...given]
}
