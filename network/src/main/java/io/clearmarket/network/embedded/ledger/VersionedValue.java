package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;

/** A committed value with the version that wrote it. */
public record VersionedValue(ByteString value, Version version) {}
