# dated.sh: certificates of rsa.key by ca.pem (see keys.sh) for other days than these: past.pem and
# future.pem. `openssl x509` counts from now on only; `openssl ca` can be told, and wants its files.
set -eu
{
	mkdir dated
	printf '%s\n' '[ca]' 'default_ca = d' '[d]' 'database = dated/index' 'serial = dated/serial' 'new_certs_dir = dated' \
		'default_md = sha256' 'policy = p' '[p]' 'commonName = supplied' > dated/config
	: > dated/index
	echo 01 > dated/serial
	for name in past future; do
		[ $name = past ] && days='-startdate 20191231000000Z -enddate 20210101000000Z' ||
			days='-startdate 21900101000000Z -enddate 21910101000000Z'
		openssl req -new -key rsa.key -out dated/request -subj "/CN=$name"
		openssl ca -batch -notext -config dated/config -cert ca.pem -keyfile ca.key $days -in dated/request -out $name.pem
	done
	rm -r dated
} > dated.log 2>&1 || { cat dated.log; exit 1; }
