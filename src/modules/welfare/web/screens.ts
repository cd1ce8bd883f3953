import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/welfare/check-ups', load: () => import('./CheckUps.tsx'), name: 'CheckUps' },
    { path: '/welfare/check-ups/mine', load: () => import('./MyCheckUps.tsx'), name: 'MyCheckUps' },
    { path: '/welfare/check-ups/$id', load: () => import('./CheckUp.tsx'), name: 'CheckUpPage' },
  ],
  menu: [
    {
      group: '职工服务',
      to: '/welfare/check-ups',
      title: '职工体检',
      icon: 'people',
      permissions: ['welfare.write'],
      order: 60,
    },
    { group: '我的', to: '/welfare/check-ups/mine', title: '我的体检', icon: 'people', order: 62 },
  ],
})
