import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { contracts, emulations, familyPlanning, healthChecks, womenCare, womenEvents } from './registers/women.ts'

export default defineModule({
  name: 'women',
  title: '女职工工作',
  dependsOn: [],
  permissions: registerPermissions('women', '女职工工作'),
  registers: [healthChecks, contracts, womenEvents, emulations, womenCare, familyPlanning],
  navigation: [],
  holds: [
    { what: '女职工活动、体检名单和建功成才情况', basis: '女职工工作', retention: '活动和体检凭证核销后保存三年' },
  ],
})
