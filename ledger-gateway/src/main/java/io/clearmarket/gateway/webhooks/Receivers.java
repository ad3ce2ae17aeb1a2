package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.config.GatewayProperties;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.springframework.stereotype.Component;

/**
 * Where the gateway may send to: public hosts over HTTPS, so that nobody can make it talk to its own neighbours. In
 * development this machine is allowed too, without TLS.
 */
@Component
public class Receivers {
    private static final int LONGEST = 500;
    private static final int LAST_PORT = 65_535;

    private final boolean development;

    Receivers(GatewayProperties properties) {
        this.development = properties.development();
    }

    /** @throws InvalidWebhook if nothing may be sent there */
    public void require(URI url) {
        String host = url.getHost();
        if (host == null || url.getUserInfo() != null || url.toString().length() > LONGEST) {
            throw new InvalidWebhook("url is no address of at most " + LONGEST + " characters with a host and no user");
        }
        if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
            throw new InvalidWebhook("url's port is " + url.getPort() + "; ports are 1 to " + LAST_PORT);
        }
        boolean local = isLocal(host);
        boolean plain = "http".equals(url.getScheme());
        boolean allowed = plain ? development && local : "https".equals(url.getScheme());
        if (!allowed) {
            throw new InvalidWebhook("url must begin with https://");
        }
        if (local && !development) {
            throw new InvalidWebhook("url must lead to a public host");
        }
    }

    private static boolean isLocal(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress()
                        || address.isAnyLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isSiteLocalAddress()
                        || address.isMulticastAddress()
                        || isUniqueLocal(address.getAddress())) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            throw new InvalidWebhook("url's host \"" + host + "\" is not known");
        }
    }

    /** fc00::/7 (RFC 4193), which Java does not count as site-local, and the shared 100.64.0.0/10 (RFC 6598). */
    private static boolean isUniqueLocal(byte[] address) {
        return address.length == 16 ? (address[0] & 0xfe) == 0xfc : address[0] == 100 && (address[1] & 0xc0) == 0x40;
    }
}
