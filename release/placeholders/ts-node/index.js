// Called before the plug-in is loaded, which needs no hook.
exports.register = () => {};
