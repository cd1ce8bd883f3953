import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/privacy/mine', load: () => import('./Mine.tsx'), name: 'Mine' },
    { path: '/privacy/clean-up', load: () => import('./CleanUp.tsx'), name: 'CleanUp' },
  ],
  menu: [
    { group: '日常', to: '/privacy/mine', title: '我的信息', icon: 'shield', order: 90 },
    {
      group: '职工服务',
      to: '/privacy/clean-up',
      title: '到期清理',
      icon: 'shield',
      permissions: ['privacy.clean-up'],
      order: 95,
    },
  ],
})
