// Read, and compared with others, but nothing is compiled.
exports.version = require("./package.json").version;
