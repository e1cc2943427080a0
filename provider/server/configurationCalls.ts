import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import { decodeProperties } from "./properties.ts";
import type { ConfigurationHandler } from "./provider.ts";
import { checkResponseOf, diffResponseOf } from "./responses.ts";
import type { Session } from "./session.ts";
import { unary } from "./wire.ts";

/** The calls about the provider itself: its configuration is checked, compared, and kept for this process's life. */
export function configurationCalls(configuration: ConfigurationHandler, session: Session) {
  return {
    checkConfig: unary(async (request: providerProto.CheckRequest) => {
      const news = decodeProperties(request.getNews());
      const { inputs, failures } = configuration.check(news.values);
      const secrets = configuration.secrets.filter((name) => inputs[name] !== undefined).map((name) => [name]);
      return checkResponseOf(inputs, failures, [...news.secrets, ...secrets]);
    }),

    diffConfig: unary(async (request: providerProto.DiffRequest) => {
      const olds = decodeProperties(request.getOldInputs() ?? request.getOlds());
      const news = decodeProperties(request.getNews());
      return diffResponseOf(configuration.diff(olds.values, news.values));
    }),

    configure: unary(async (request: providerProto.ConfigureRequest) => {
      session.configuration = decodeProperties(request.getArgs());
      session.providerId = request.getId() ?? session.providerId;
      return new providerProto.ConfigureResponse()
        .setAcceptsecrets(true)
        .setAcceptresources(true)
        .setAcceptoutputs(true)
        .setSupportspreview(true);
    }),
  };
}
