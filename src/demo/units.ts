import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { addUnit, type UnitType } from '../modules/organisation/public.ts'

export interface DemoUnit {
  id: number
  code: string
  name: string
  type: UnitType
  parent: string | null
}

/** Branches of the company and the sections below them; each section is a sub-branch. */
export const BRANCHES: readonly (readonly [name: string, sections: string])[] = [
  ['铸造一分厂', '造型 熔炼 清理 砂处理'],
  ['铸造二分厂', '造型 熔炼 清理'],
  ['锻压分厂', '锻造 冲压 模具'],
  ['热处理分厂', '淬火 渗碳 检验'],
  ['机加一分厂', '车工 铣工 磨工'],
  ['机加二分厂', '车工 镗铣 数控'],
  ['齿轮分厂', '滚齿 磨齿 装配'],
  ['液压件分厂', '阀体 油缸 试验'],
  ['结构件分厂', '下料 焊接 涂装'],
  ['总装一分厂', '部装 总装 调试'],
  ['总装二分厂', '部装 总装 调试'],
  ['电气分厂', '电控柜 布线 检测'],
  ['工具分厂', '刀具 量具 夹具'],
  ['机修分厂', '机修 电修 管修'],
  ['动力分厂', '供电 空压 供水供热'],
  ['运输公司', '汽运 叉车 吊装'],
  ['物资公司', '采购 仓储 配送'],
  ['销售公司', '营销 售后服务 外贸'],
  ['再制造分厂', '拆解 修复'],
  ['技术中心', '整机 液压 电气'],
  ['质量部', '计量 理化'],
  ['职工医院', '门诊 护理'],
  ['子弟幼儿园', '教学 保育'],
  ['物业公司', '维修 保洁 食堂'],
  ['保卫部', '消防 门卫'],
  ['培训中心', '教务 实训'],
  ['行政机关', '党群 行政 财务'],
  ['离退休工作部', '东区 西区'],
]

const VILLAGES = ['柳湾村', '杏坪村', '石桥村', '青塘村', '下沙村', '竹溪村']

/** The company that joined last year with its own people; until then it stood under the town. */
export const JOINED_BRANCH = 'D29'
/** Merged into the first sub-branch of its branch in the middle of last year. */
export const MERGED = 'D01-5'

/** The whole county: federation, company union `demo` with 29 branches, school, hospital, court, town with villages. */
export async function foundUnits(tx: Tx, actor: Actor): Promise<Map<string, DemoUnit>> {
  const units = new Map<string, DemoUnit>()
  const found = async (
    code: string,
    type: UnitType,
    name: string,
    shortName: string,
    parent: string | null,
    foundedOn: string | null = null,
  ): Promise<void> => {
    const unit = await addUnit(tx, actor, {
      code,
      name,
      type,
      shortName,
      parentId: parent ? units.get(parent)!.id : null,
      foundedOn,
      sortKey: units.size,
    })
    units.set(code, { id: unit.id, code, name, type, parent })
  }
  await found('county', 'federation', '岚溪县总工会', '县总工会', null, '1951-05-01')
  await found('demo', 'union', '云砺机械有限公司工会', '云砺机械工会', 'county', '1958-10-01')
  await found('school', 'union', '岚溪县第二实验中学工会', '二中工会', 'county', '1985-09-10')
  await found('hospital', 'union', '岚溪县中心医院工会', '中心医院工会', 'county', '1979-03-01')
  await found('court', 'union', '岚溪县人民法院工会', '法院工会', 'county', '1992-06-01')
  await found('town', 'union', '柳湾镇工会联合会', '柳湾镇工会', 'county', '2009-04-20')
  for (const [at, village] of VILLAGES.entries())
    await found(`village-${at + 1}`, 'union', `${village}工会联合会`, `${village}工会`, 'town', `20${10 + at}-06-15`)
  for (const [at, [name, sections]] of BRANCHES.entries()) {
    const code = `D${String(at + 1).padStart(2, '0')}`
    await found(code, 'branch', `${name}分会`, name, 'demo', '1998-01-01')
    for (const [number, section] of [...sections.split(' '), ...(at === 0 ? ['旧砂再生'] : [])].entries())
      await found(`${code}-${number + 1}`, 'subbranch', `${name}${section}分会`, section, code, '2004-03-01')
  }
  await found('D29', 'branch', '柳湾铸件厂分会', '铸件厂', 'town', '2012-05-01')
  await found('D29-1', 'subbranch', '柳湾铸件厂生产分会', '生产', 'D29', '2012-05-01')
  await found('D29-2', 'subbranch', '柳湾铸件厂后勤分会', '后勤', 'D29', '2012-05-01')
  return units
}
