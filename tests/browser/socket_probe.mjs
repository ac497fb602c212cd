// Smalltalk source of a class that uses the SocketPlugin's primitives, as a virtual machine's images call them.
const kPrimitives = [
  ['startLookup: name', 'primitiveResolverStartNameLookup'], ['lookupResult', 'primitiveResolverNameLookupResult'],
  ['create: net type: type receive: receive send: send any: any read: read write: write', 'primitiveSocketCreate3Semaphores'],
  ['connect: socket to: address port: port', 'primitiveSocketConnectToPort'], ['status: socket', 'primitiveSocketConnectionStatus'],
  ['send: socket data: buffer from: start count: count', 'primitiveSocketSendDataBufCount'],
  ['receive: socket data: buffer from: start count: count', 'primitiveSocketReceiveDataBufCount'],
  ['error: socket', 'primitiveSocketError'], ['destroy: socket', 'primitiveSocketDestroy'],
];

export const kSocketProbe = `Object subclass: #SocketProbe instanceVariableNames: 'socket semaphore index' classVariableNames: ''
	poolDictionaries: '' category: 'Probe'!
!SocketProbe methodsFor: 'primitives'!
${kPrimitives.map(([pattern, name]) => `${pattern}\n\t<primitive: '${name}' module: 'SocketPlugin'>\n\t^ #failed!\n`).join('')} !
!SocketProbe methodsFor: 'using'!
open: name port: port
	semaphore := Semaphore new.
	index := Smalltalk registerExternalObject: semaphore.
	self startLookup: name.
	socket := self create: 0 type: 0 receive: 8000 send: 8000 any: index read: index write: index.
	^ self connect: socket to: self lookupResult port: port!
write: text
	^ self send: socket data: text from: 1 count: text size!
readUntil: aBlock
	"What has come in, as soon as the block accepts it or the other end has closed."
	| result buffer count |
	result := WriteStream on: (String new: 100).
	buffer := String new: 1000.
	[ [ (count := self receive: socket data: buffer from: 1 count: 1000) > 0 ]
		whileTrue: [ result nextPutAll: (buffer copyFrom: 1 to: count) ].
	(aBlock value: result contents) or: [ (self status: socket) = 3 ] ]
		whileFalse: [ semaphore wait ].
	^ result contents!
problem
	^ self error: socket!
close
	^ self destroy: socket! !
`;
