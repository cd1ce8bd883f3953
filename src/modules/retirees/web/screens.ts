import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/retirees', load: () => import('./Retirees.tsx'), name: 'Retirees' },
    // Where a to-do and a kept farewell lead back to.
    { path: '/retirees/retirements/$id', load: () => import('./Retirees.tsx'), name: 'Retirees' },
    { path: '/retirees/events/$id', load: () => import('./Event.tsx'), name: 'EventPage' },
  ],
  menu: [
    {
      group: '职工服务',
      to: '/retirees',
      title: '退休职工',
      icon: 'people',
      order: 60,
      permissions: ['retirees.write'],
    },
  ],
})
