// Loaded with the SDK, but no function is turned into a package here.
exports.Arborist = class {
  constructor() {
    throw new Error("The rayjob plug-in carries no @npmcli/arborist: it turns no functions into packages");
  }
};
