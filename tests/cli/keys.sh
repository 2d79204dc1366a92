# keys.sh: keys and certificates to sign with, made by openssl in the current folder: rsa and p256 by
# ca.pem; viaint by int.pem, which is by ca.pem; sm2 by sm2ca.pem under the usual id, sm2via by
# sm2int.pem, which is by sm2ca.pem, under it as well; sm2plain by sm2plainca.pem without one, as openssl does it when not told.
set -eu
{
	openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -utf8 -subj '/C=CN/CN=测试根' -days 2
	for kind in rsa:2048 ec; do
		name=$([ $kind = ec ] && echo p256 || echo rsa)
		openssl req -new -newkey $kind -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $name.key -out request \
			-utf8 -subj "/C=CN/O=岚桥县人民政府/CN=$name" ||
			openssl req -new -newkey $kind -nodes -keyout $name.key -out request -utf8 -subj "/C=CN/O=岚桥县人民政府/CN=$name"
		openssl x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -out $name.pem -days 2
	done
	printf 'basicConstraints = critical, CA:true\n' > extensions
	openssl req -new -newkey rsa:2048 -nodes -keyout int.key -out request -utf8 -subj '/CN=中间机构'
	openssl x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -out int.pem -days 2 -extfile extensions
	openssl req -new -newkey rsa:2048 -nodes -keyout viaint.key -out request -subj '/CN=viaint'
	openssl x509 -req -in request -CA int.pem -CAkey int.key -CAcreateserial -out viaint.pem -days 2
	for name in sm2 sm2plain; do
		[ $name = sm2 ] && id='-sigopt distid:1234567812345678' other='-vfyopt distid:1234567812345678' || id='' other=''
		openssl ecparam -genkey -name SM2 -out ${name}ca.key
		openssl req -x509 -key ${name}ca.key -sm3 $id -out ${name}ca.pem -subj "/CN=${name}ca" -days 2
		openssl ecparam -genkey -name SM2 -out $name.key
		openssl req -new -key $name.key -sm3 $id -out request -subj "/CN=$name"
		openssl x509 -req -in request -sm3 -CA ${name}ca.pem -CAkey ${name}ca.key -CAcreateserial $id $other -out $name.pem -days 2
	done
	id='-sigopt distid:1234567812345678' other='-vfyopt distid:1234567812345678'
	for name in sm2int sm2via; do
		[ $name = sm2int ] && by=sm2ca more='-extfile extensions' || by=sm2int more=''
		openssl ecparam -genkey -name SM2 -out $name.key
		openssl req -new -key $name.key -sm3 $id -out request -subj "/CN=$name"
		openssl x509 -req -in request -sm3 -CA $by.pem -CAkey $by.key -CAcreateserial $id $other $more -out $name.pem -days 2
	done
} > keys.log 2>&1 || { cat keys.log; exit 1; }
rm -f request extensions ./*.srl
