require("./index.js").install();
