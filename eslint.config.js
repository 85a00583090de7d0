import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Forbids imports that match any of the given [pattern, why] pairs. */
const forbidImports = (...rules) => ({
  'no-restricted-imports': ['error', { patterns: rules.map(([regex, message]) => ({ regex, message })) }],
});

const NAMED_EXPORTS = [
  { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
  { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
];
/** A literal of the type Record<string, …>, also within other types. */
const OPEN_TABLE = {
  selector:
    'VariableDeclarator[init.type="ObjectExpression"] > Identifier > TSTypeAnnotation ' +
    'TSTypeReference[typeName.name="Record"] > TSTypeParameterInstantiation > TSStringKeyword:first-child',
  message:
    'Make it a Map, or let it have its own keys (satisfies): looked up by any text, it has "constructor".',
};
const WALL_CLOCK = [
  'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
  'NewExpression[callee.name="Date"][arguments.length=0]',
].map((selector) => ({ selector, message: 'Take the Clock that is passed in: the wall clock may be set.' }));
const STRICTLY_EQUAL = {
  selector: 'MemberExpression[property.name="toEqual"]',
  message: 'Use toStrictEqual: toEqual passes over members that are undefined, and over classes.',
};
/** An element made as its file is loaded, also within calls: `const MARKS = HEALTHS.map((health) => <span />)`. */
const OF_FILE =
  ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator >';
const SHARED_ELEMENTS = {
  selector: [
    `${OF_FILE} :matches(JSXElement, JSXFragment).init`,
    `${OF_FILE} :not(ArrowFunctionExpression, FunctionExpression).init :matches(JSXElement, JSXFragment)`,
  ].join(),
  message: 'Make elements where they are drawn: one that is drawn twice keeps every old picture alive.',
};
const DEPLOYABLE = readFileSync(`${import.meta.dirname}/services/deployable.txt`, 'utf8')
  .trim()
  .split('\n');
const SERVICES = [
  `^@mediamtx-monitor/(${DEPLOYABLE.join('|')}|dashboard)`,
  'Services never import services.',
];
const TESTKIT = ['^@mediamtx-monitor/testkit', 'testkit is for tests only.'];
const DIST = ['/dist/', 'Import the package, not its build.'];
const DASHBOARD = [
  SERVICES,
  TESTKIT,
  DIST,
  [
    '^@mediamtx-monitor/(?!(types|model|client)$)',
    'The dashboard knows packages/types, packages/model and packages/client only.',
  ],
];
const DASHBOARD_LAYERS = ['data', 'model', 'worker', 'i18n', 'ui', 'pages'];

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.tools/', 'packages/testkit/fixtures/', 'test-results/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      // All in one program: with one a package, most of the time went into reading the same types again and again.
      parserOptions: { project: './tsconfig.tests.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...NAMED_EXPORTS],
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    files: ['{packages,services}/*/src/**', 'scripts/src/**'],
    rules: { 'no-restricted-syntax': ['error', ...NAMED_EXPORTS, OPEN_TABLE, ...WALL_CLOCK] },
  },
  // Dependencies point one way: main → app → stages → packages/runtime → packages/types.
  { files: ['packages/*/src/**'], rules: forbidImports(SERVICES, TESTKIT, DIST) },
  {
    files: ['packages/types/src/**'],
    rules: forbidImports([
      '^@mediamtx-monitor/',
      'types is the bottom: it imports no other package of ours.',
    ]),
  },
  {
    files: ['packages/model/src/**'],
    rules: forbidImports([
      '^(?!\\./|@mediamtx-monitor/types$)',
      'model is pure: no package but types, no I/O, nothing of Node or browsers.',
    ]),
  },
  { files: ['services/*/src/**'], rules: forbidImports(SERVICES, TESTKIT, DIST) },
  {
    files: ['scripts/src/**'],
    rules: forbidImports(
      [`${SERVICES[0]}(?!/settings$)`, 'Of services, scripts know what they declare in settings.ts.'],
      TESTKIT,
      DIST,
    ),
  },
  {
    files: ['{packages,services}/*/src/settings.ts'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^\\.',
      'Settings are declared, nothing else: what is made of them stands in config.ts.',
    ]),
  },
  {
    files: ['services/collector/src/*/**'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^\\.\\./(?!(facts|fields|addresses|samples|protocols/index)\\.ts$)',
      'Stages never import one another; server/ and app.ts wire them. Shared are facts.ts, the protocols, how fields from outside are read, what masks addresses, and rates of counters.',
    ]),
  },
  {
    // A folder of its own for readers; its stage is derive.
    files: ['services/collector/src/derive/events/**'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^\\.\\./(?!\\.\\./(facts|fields|addresses|samples|protocols/index)\\.ts$|[a-z-]+\\.ts$)',
      'Events are part of derive, and know of the rest what derive knows.',
    ]),
  },
  {
    files: ['services/collector/src/server/**'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^\\.\\./(?!(facts|normalise|[a-z]+/index)\\.ts$)',
      'server/ wires the stages of one server through their indexes; what is of the process is in app.ts.',
    ]),
  },
  {
    files: ['services/host-agent/src/{cpu,disks,memory,network,processes,sensors,system}.ts'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^\\./(?!(files|numbers)\\.ts$)',
      'A subject knows how files are read and numbers are reckoned with, no other subject; host.ts joins them.',
    ]),
  },
  ...['*', '*/*'].map((depth, index) => ({
    files: [`services/alerter/src/${depth}/*.ts`],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      `^${'\\.\\./'.repeat(index + 1)}(?!(?!(app|config|main|metrics|run)\\.ts$)[a-z-]+\\.ts$|text/index\\.ts$)`,
      'Stages never import one another; app.ts wires them. Shared are model.ts and the like, and the texts.',
    ]),
  })),
  {
    files: ['services/api/src/*/**'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^(\\.\\./)+(?!\\.\\./|(feed|live|tick)/index\\.ts$|settings\\.ts$|http/[a-z-]+\\.ts$)',
      'Stages read feed/, tick/ and live/ through their index, settings and what they all say alike in http/, never each other; app.ts wires them.',
    ]),
  },
  {
    files: ['services/api/src/tick/**'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^\\.\\./',
      'tick/ is pure: it knows nothing of the rest.',
    ]),
  },
  {
    files: ['services/api/src/feed/**'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^\\.\\./(?!tick/index\\.ts$)',
      'feed/ makes ticks of what is in Redis; it knows tick/ only.',
    ]),
  },
  {
    files: ['services/api/src/live/*/**'],
    rules: forbidImports(SERVICES, TESTKIT, DIST, [
      '^(\\.\\./)+(?!\\.\\./|[a-z-]+\\.ts$|(feed|tick)/index\\.ts$|http/[a-z-]+\\.ts$)',
      'ws/ and sse/ are two sinks of live/, which know nothing of each other.',
    ]),
  },
  {
    files: ['**/test/**', 'tests/**'],
    rules: { 'no-restricted-syntax': ['error', ...NAMED_EXPORTS, STRICTLY_EQUAL] },
  },
  {
    files: ['services/dashboard/src/**'],
    rules: {
      'no-restricted-syntax': ['error', ...NAMED_EXPORTS, OPEN_TABLE, ...WALL_CLOCK, SHARED_ELEMENTS],
    },
  },
  { files: ['services/dashboard/src/**'], rules: forbidImports(...DASHBOARD) },
  // Each layer of the page knows those before it; dashboard.ts and app.tsx wire them.
  ...DASHBOARD_LAYERS.flatMap((layer, index) =>
    ['*', '*/*'].map((depth, folders) => ({
      files: [`services/dashboard/src/${layer}/${depth}`],
      rules: forbidImports(...DASHBOARD, [
        `^${'\\.\\./'.repeat(folders + 1)}(?!(${DASHBOARD_LAYERS.slice(0, index).join('|') || '$'})/)`,
        `The page's layers are ${DASHBOARD_LAYERS.join(' → ')}: none knows what comes after it.`,
      ]),
    })),
  ),
  // What comes from the API is in the page's worker: what draws knows only what the two say to each other.
  {
    files: ['services/dashboard/src/{i18n,ui,pages}/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^@mediamtx-monitor/client|/data/(api-link|feed|fleet|history|stream-watch)\\.ts)$',
              allowTypeImports: true,
              message: 'The worker has it: the page gets what it shows of it (worker/exchange.ts).',
            },
            {
              regex: '/worker/(?!(exchange|mirror)\\.ts$)',
              message:
                'What draws knows worker/exchange.ts, and how it is mirrored; dashboard.ts wires the rest.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['services/dashboard/src/{data,model,worker}/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(preact|@preact/signals$)',
              message: 'A worker draws nothing: signals are those of @preact/signals-core.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['services/dashboard/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './services/dashboard/tsconfig.json' } },
  },
  // jest takes its hooks as default exports.
  { files: ['packages/testkit/src/jest/**'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['*.js', 'tests/**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-syntax': 'off' },
  },
  prettier,
);
