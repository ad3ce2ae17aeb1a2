package io.clearmarket.gateway.testing;

import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A gateway that manages one identity, whatever it is asked for by. */
public record OneIdentity(ManagedIdentity identity) implements ManagedIdentities {
    @Override
    public Optional<ManagedIdentity> find(String name) {
        return Optional.of(identity);
    }

    @Override
    public Collection<ManagedIdentity> all() {
        return List.of(identity);
    }
}
