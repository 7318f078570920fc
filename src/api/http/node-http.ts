// Node.js' own http module, not by an import: that reads whatever the module exports, WebSocket too, for which Node.js then
// loads its whole HTTP client: 2.8 MB in the heap of every monitored process.
export const nodeHttp = process.getBuiltinModule('node:http');
