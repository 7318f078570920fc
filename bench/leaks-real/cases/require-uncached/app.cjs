const requireUncached = require('require-uncached');
exports.reload = () => requireUncached('./config.cjs');
