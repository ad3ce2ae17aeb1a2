package io.clearmarket.network.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may stand in the file, by the names that stand there; what is null was left out. */
record ConfigDocument(
        @Nullable String data,
        @Nullable String host,
        @Nullable Integer ordererPort,
        @Nullable Boolean mutualTls,
        @Nullable String executeTimeout,
        @Nullable LimitsEntry limits,
        @Nullable List<OrganizationEntry> organizations,
        @Nullable List<ChannelEntry> channels) {

    record LimitsEntry(
            @Nullable Integer endorser,
            @Nullable Integer deliver,
            @Nullable Integer gateway) {}

    record OrganizationEntry(
            String mspId,
            @Nullable Integer peers,
            @Nullable List<Integer> ports,
            @Nullable String crypto) {}

    record ChannelEntry(
            String name,
            @Nullable List<String> organizations,
            @Nullable BatchEntry batch,
            @Nullable List<ChaincodeEntry> chaincodes) {}

    record BatchEntry(
            @Nullable String timeout,
            @Nullable Integer maxMessages,
            @Nullable Integer preferredBytes,
            @Nullable Integer absoluteBytes) {}

    record ChaincodeEntry(
            String name,
            String version,
            @Nullable String policy,
            @Nullable Boolean initRequired,
            @Nullable List<CollectionEntry> collections,
            @Nullable Map<String, String> servers,
            @Nullable Boolean dialsPeer,
            @Nullable String run,
            @Nullable String jar) {}

    record CollectionEntry(
            String name,
            String policy,
            @Nullable Integer requiredPeerCount,
            @Nullable Integer maxPeerCount,
            @Nullable Long blockToLive,
            @Nullable Boolean memberOnlyRead,
            @Nullable Boolean memberOnlyWrite,
            @Nullable String endorsementPolicy) {}
}
