import { ComponentResource, type ComponentResourceOptions, type Input, interpolate, type Output } from "@pulumi/pulumi";

export interface GreetingArgs {
  /** Whom to greet. */
  name: Input<string>;
}

/** A component provider as one starts with: Pulumi's own host serves the classes that its entry exports. */
export class Greeting extends ComponentResource {
  readonly text: Output<string>;

  constructor(name: string, args: GreetingArgs, options?: ComponentResourceOptions) {
    super("greeting:index:Greeting", name, args, options);
    this.text = interpolate`Hello, ${args.name}`;
    this.registerOutputs({ text: this.text });
  }
}
