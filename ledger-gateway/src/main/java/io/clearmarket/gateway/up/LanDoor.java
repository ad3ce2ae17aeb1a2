package io.clearmarket.gateway.up;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.util.IPAddress;

/**
 * The encrypted door to the local network, asked for with {@code --lan}. Its certificate is made anew each time by an
 * authority that exists for it alone: the authority's key is never kept, so that a phone which trusts it trusts nothing more.
 *
 * @param address of this machine on the local network
 */
public record LanDoor(String address, int port, Path folder) {
    /** What was asked for: an address, or an empty text for the machine's own choice. */
    public record Asked(String address, int port) {
        public Asked {
            if (!address.isEmpty() && !IPAddress.isValid(address)) {
                throw new UpException("--lan is \"" + address
                        + "\"; it takes an IP address of this machine, or none to have one found");
            }
        }
    }

    static LanDoor open(Path folder, Asked asked) {
        String address = asked.address().isEmpty() ? found() : asked.address();
        DevelopmentCa authority = DevelopmentCa.create("LAN", "Clearmarket on " + address + ", for trying a phone");
        SigningIdentity server = authority.issueTls(address, List.of(), List.of(address));
        PrivateFiles.write(folder.resolve("ca.crt"), Pem.encode(authority.certificate()));
        PrivateFiles.write(folder.resolve("server.crt"), server.certificatePem());
        PrivateFiles.write(folder.resolve("server.key"), Pem.encode(server.privateKey()));
        return new LanDoor(address, asked.port(), folder);
    }

    /** The first private IPv4 address of an interface that is up. */
    private static String found() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(LanDoor::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && address.isSiteLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElseThrow(() -> new UpException(
                            "this machine has no address on a local network; name one with --lan=ADDRESS"));
        } catch (SocketException e) {
            throw new UpException("the network's interfaces can't be read: " + e.getMessage());
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp() && !each.isLoopback() && !each.isPointToPoint();
        } catch (IOException gone) {
            return false;
        }
    }

    URI uri() {
        return URI.create("https://" + address + ":" + port);
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    /** The gateway's properties. */
    Map<String, String> properties() {
        Map<String, String> all = new TreeMap<>();
        all.put("clearmarket.lan.address", address);
        all.put("clearmarket.lan.port", Integer.toString(port));
        all.put("clearmarket.lan.certificate", folder.resolve("server.crt").toString());
        all.put("clearmarket.lan.key", folder.resolve("server.key").toString());
        all.put("clearmarket.lan.authority", authority().toString());
        return all;
    }
}
