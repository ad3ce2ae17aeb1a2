package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.chain.EscrowChain.Authorization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A deposit's authorization in the form that wallets take ({@code eth_signTypedData_v4}). */
record TypedAuthorization(
        Map<String, List<Map<String, String>>> types,
        String primaryType,
        Map<String, Object> domain,
        Map<String, Object> message) {

    static TypedAuthorization of(Authorization authorization) {
        Map<String, Object> domain = new LinkedHashMap<>();
        domain.put("name", authorization.token().name());
        domain.put("version", authorization.token().version());
        domain.put("chainId", authorization.token().chainId().longValueExact());
        domain.put(
                "verifyingContract", authorization.token().verifyingContract().toString());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("from", authorization.from().toString());
        message.put("to", authorization.to().toString());
        message.put("value", authorization.value().toString());
        message.put("validAfter", "0");
        message.put("validBefore", Long.toString(authorization.validBefore()));
        message.put("nonce", "0x" + authorization.nonce().hex());
        Map<String, List<Map<String, String>>> types = new LinkedHashMap<>();
        types.put(
                "EIP712Domain",
                List.of(
                        member("name", "string"),
                        member("version", "string"),
                        member("chainId", "uint256"),
                        member("verifyingContract", "address")));
        types.put(
                "ReceiveWithAuthorization",
                List.of(
                        member("from", "address"),
                        member("to", "address"),
                        member("value", "uint256"),
                        member("validAfter", "uint256"),
                        member("validBefore", "uint256"),
                        member("nonce", "bytes32")));
        return new TypedAuthorization(types, "ReceiveWithAuthorization", domain, message);
    }

    private static Map<String, String> member(String name, String type) {
        Map<String, String> member = new LinkedHashMap<>();
        member.put("name", name);
        member.put("type", type);
        return member;
    }
}
