package io.clearmarket.gateway.chain;

import java.net.URI;

/** Opens further nodes' views of the escrow contract. */
@FunctionalInterface
public interface NodeViews {
    /** The contract as the node at this address shows it; {@link ChainException.WrongChain} if it does not have it. */
    EscrowReader open(URI rpcUrl);

    /** Views of a deployment, for tools outside of the gateway's process. */
    static NodeViews of(Deployment deployment) {
        return url -> new NodeView(new Rpc(url), deployment);
    }
}
